#pragma once

#include "pipeline/records/phantom.hpp"

#include <vector>

namespace bramble {

// What the truth of a field's sessions says about turnover: for each dendrite and pair of
// consecutive sessions two rows, of all spines and of those that can be scored. A spine counts in a
// session where it is there and its base inside the volume, or where it is scorable. It is stable
// when it counts in both sessions; lost when it counts in the first, is dead in the second and its
// place is in view there (off the edges, if only scorable spines count); gained when it counts in
// the second, was not born in the first and its place was in view there. So what leaves or enters
// the view, or goes with the end of its dendrite, is no event and left out: n_from = n_stable +
// n_lost, n_to = n_stable + n_gained. `sessions` belong to one field, by day; their voxels are not
// read.
std::vector<PhantomTransitionRow> count_transitions(
    const std::vector<const PhantomStack*>& sessions);

// A row per dendrite of a session. Lengths are those of the tissue, which motion does not change.
std::vector<PhantomSummaryRow> summarise_truth(const PhantomStack& stack);

}  // namespace bramble
