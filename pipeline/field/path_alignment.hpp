#pragma once

#include "pipeline/field/placed_spine.hpp"

#include <vector>

namespace bramble {

// Tissue warps, and two tracings of one shaft do not run quite the same way: along a shaft the
// spines of a session sit further on or back than those of another by an amount that changes
// slowly. This is that amount, as a function of the place.
class PathShift {
 public:
  // One pair of spines taken to be the same: its place and how much further on the second session's
  // one sits.
  struct Sample {
    double path_um = 0;
    double shift_um = 0;
  };

  PathShift() = default;
  explicit PathShift(double constant_um) : overall_um_(constant_um) {}
  explicit PathShift(std::vector<Sample> samples);

  // Weighted median of the samples, Gaussian weights of 8 um around the place, drawn a little
  // towards the median of all.
  double at(double path_um) const;
  // The place in the first session's path positions of a place in the second's, and the other way.
  double undo(double path_um) const { return path_um - at(path_um - overall_um_); }
  double apply(double path_um) const { return path_um + at(path_um); }

 private:
  std::vector<Sample> samples_;  // by shift
  double overall_um_ = 0;
};

// How the spines of one session lie against those of another on one shaft.
struct PathAlignment {
  PathShift path;
  double height_um = 0;  // how much higher the heads seem, by the two tracings' different z
  std::vector<double> residuals_um;  // of the pairs, after the path shift
};

// The spine with its path position and height as the first session would have them.
PlacedSpine aligned_spine(PlacedSpine spine, const PathAlignment& alignment);

// Aligns `moving` to `fixed`, the spines of two sessions on one shaft. Starts from the one shift
// within +-2.5 um under which most spines of both fall together; then pairs them and smooths the
// pairs' shifts, four times. No shift below three spines.
PathAlignment align_paths(const std::vector<PlacedSpine>& fixed,
                          const std::vector<PlacedSpine>& moving);

}  // namespace bramble
