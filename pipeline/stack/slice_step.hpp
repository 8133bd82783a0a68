#pragma once

#include "kernels/align/slice_correlation.hpp"

#include <array>
#include <optional>
#include <vector>

namespace bramble {

// How far one slice lies from another in plane, as two slices that show the same things tell.
struct SliceStep {
  int from = 0;
  int to = 0;
  double y_um = 0;  // position in `to` = position in `from` + step
  double x_um = 0;
  // Inverse of the estimate's covariance, 1/um2: (yy, yx, xx). Small along a dendrite that is alone
  // in the slice.
  std::array<double, 3> information{};
  float correlation = 0;  // at the step
};

// Reads the step off a map of correlations. With n independent pixels, a shift of correlation r is
// exp(n/2 x -log(1 - r^2)) times more likely than chance; steps of more than half a micrometre are
// rare beforehand. The most likely shift is taken, its place between voxels from parabolas, its
// information from the curvature there, n r r'' / (1 - r^2). None when chance would do as well: the
// slices differ in content, or are too dark. `detail_um` as the map was made with, `usable_um2` of
// a slice: they give n.
std::optional<SliceStep> read_step(const ShiftMap& map, int from, int to, double usable_um2,
                                   double detail_um);

// The steps without those that no other confirms: a step of more than a micrometre must agree with
// the way round over a third slice. Two structures that a stack shows one after the other can look
// like a jump, but not three times over.
std::vector<SliceStep> confirmed_steps(const std::vector<SliceStep>& steps);

}  // namespace bramble
