#pragma once

#include "kernels/core/geometry.hpp"
#include "pipeline/records/dendrite.hpp"

#include <vector>

namespace bramble {

// An end at the border of the stack: within 1 um of it in plane; in the outer half of the first or
// last slice, or on a way that leads out of it within 1 um. In stacks of one slice depth says
// nothing.
bool leaves_volume(const Dendrite& dendrite, Extent extent, Spacing spacing);

// Varicose, as dendrites are that were damaged or are dying: the diameter along the shaft has a
// coefficient of variation above 0.35 (reference science.md section 2.5), by the spread between the
// 16th and the 84th percentile, and the brightness varies with it: correlation above 0.4 once
// changes over more than 10 um are taken out of both. The noise of a width moves no brightness, and
// shadows move no width. Both per node, `step_um` apart; shafts under 10 um are not judged.
bool is_beaded(const std::vector<double>& diameter_um, const std::vector<double>& brightness,
               double step_um);

// Flags `crossing` where the centrelines of two dendrites come within 1 um in plane and 2.5 um in
// z, about what the PSF tells apart, further than 4 um along either from a node that they share:
// what lies there may be of either, and so may its length. Cost: nodes x nodes of pairs whose boxes
// touch.
void flag_crossings(std::vector<Dendrite>& dendrites);

}  // namespace bramble
