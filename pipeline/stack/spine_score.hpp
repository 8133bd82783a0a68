#pragma once

#include "pipeline/stack/spine_features.hpp"

namespace bramble {

// Probability that a candidate is a spine: logistic regression on its features (two of them as
// logarithms, two squared), with an L2 penalty of 1 on standardised features. Fitted to the
// candidates that this program finds on two in-vivo stacks with an expert's spines (rr30a, 270
// spines; nearest candidate of each spine against the rest). With the dendrite left out of the fit:
// F1 0.76 at 0.30 to 0.35, 0.73 at 0.5.
float spine_probability(const SpineFeatures& features);

}  // namespace bramble
