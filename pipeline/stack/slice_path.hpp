#pragma once

#include "pipeline/stack/slice_step.hpp"

#include <vector>

namespace bramble {

// A place in plane of one slice.
struct PlanePosition {
  double y_um = 0;
  double x_um = 0;
};

// How far each slice of a stack lies off the smooth course of its neighbours.
struct SlicePath {
  std::vector<PlanePosition> shifts;  // where the tissue appears minus where it should
  // Highest correlation with a neighbour; 0, and no shift, for slices that steps tell nothing of.
  std::vector<float> confidence;
};

// Places the slices so that all steps fit best (weighted least squares, steps far off losing their
// weight), then takes away the course: a straight line fitted to some ten slices around each,
// robustly. What remains are jumps and jitter; slow drift, and what oblique dendrites look like,
// goes with the course. Remainders no larger than their error are shrunk towards none, so that a
// still stack stays still. Slices that steps join to fewer than four others are left alone.
SlicePath slice_path(const std::vector<SliceStep>& measured, int num_slices);

}  // namespace bramble
