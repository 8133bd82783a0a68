#include "pipeline/field/path_alignment.hpp"

#include "pipeline/field/assignment.hpp"
#include "pipeline/field/link_cost.hpp"
#include "pipeline/field/median.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <tuple>
#include <utility>

namespace bramble {

namespace {

constexpr std::size_t min_spines = 3;
constexpr double smoothing_um = 8.0;
constexpr double overall_weight = 0.5;

constexpr double search_reach_um = 2.5;
constexpr double search_step_um = 0.1;
constexpr double coincidence_um = 0.5;
constexpr double coincidence_lateral_um = 1.5;
constexpr double likely_shift_um =
    2.5;  // images and centrelines have been aligned: a larger shift needs more evidence

constexpr double pairing_gates_um[] = {2.0, 1.75, 1.5, 1.5};

double gaussian(double ratio) { return std::exp(-0.5 * ratio * ratio); }

// How many spines fall together when `moving` is moved back by the shift.
double coincidence(const std::vector<PlacedSpine>& fixed, const std::vector<PlacedSpine>& moving,
                   double shift_um) {
  double total = 0;
  for (const PlacedSpine& a : fixed) {
    for (const PlacedSpine& b : moving) {
      if ((a.lateral_um < 0) == (b.lateral_um < 0)) {
        total += gaussian((b.path_um - shift_um - a.path_um) / coincidence_um) *
                 gaussian((b.lateral_um - a.lateral_um) / coincidence_lateral_um);
      }
    }
  }
  return total * gaussian(shift_um / likely_shift_um);
}

// Tried from no shift outwards, so that of equally good ones the smallest is taken.
double best_constant_shift(const std::vector<PlacedSpine>& fixed,
                           const std::vector<PlacedSpine>& moving) {
  double best_um = 0;
  double best = coincidence(fixed, moving, 0);
  const int num_steps = static_cast<int>(std::lround(search_reach_um / search_step_um));
  for (int step = 1; step <= num_steps; ++step) {
    for (const double shift_um : {step * search_step_um, -step * search_step_um}) {
      const double score = coincidence(fixed, moving, shift_um);
      if (score > best) {
        best = score;
        best_um = shift_um;
      }
    }
  }
  return best_um;
}

struct Pair {
  const PlacedSpine* fixed = nullptr;
  const PlacedSpine* moving = nullptr;
};

std::vector<Pair> pair_spines(const std::vector<PlacedSpine>& fixed,
                              const std::vector<PlacedSpine>& moving,
                              const PathAlignment& alignment, double gate_um) {
  CostTable costs(static_cast<int>(fixed.size()), static_cast<int>(moving.size()));
  for (std::size_t j = 0; j < moving.size(); ++j) {
    const PlacedSpine aligned = aligned_spine(moving[j], alignment);
    for (std::size_t i = 0; i < fixed.size(); ++i) {
      costs.at(static_cast<int>(i), static_cast<int>(j)) =
          place_cost(fixed[i], aligned, {.path_um = gate_um});
    }
  }
  const std::vector<int> column_of = assign_pairs(costs, 1.0);
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < fixed.size(); ++i) {
    if (column_of[i] >= 0) {
      pairs.push_back({&fixed[i], &moving[static_cast<std::size_t>(column_of[i])]});
    }
  }
  return pairs;
}

}  // namespace

PathShift::PathShift(std::vector<Sample> samples) : samples_(std::move(samples)) {
  std::sort(samples_.begin(), samples_.end(), [](const Sample& a, const Sample& b) {
    return std::tie(a.shift_um, a.path_um) < std::tie(b.shift_um, b.path_um);
  });
  std::vector<double> shifts;
  for (const Sample& sample : samples_) {
    shifts.push_back(sample.shift_um);
  }
  overall_um_ = median(shifts);
}

double PathShift::at(double path_um) const {
  if (samples_.empty()) {
    return overall_um_;
  }
  std::vector<WeightedValue> values{{overall_um_, overall_weight}};
  for (const Sample& sample : samples_) {
    values.push_back({sample.shift_um, gaussian((sample.path_um - path_um) / smoothing_um)});
  }
  return weighted_median(std::move(values));
}

PlacedSpine aligned_spine(PlacedSpine spine, const PathAlignment& alignment) {
  spine.path_um = alignment.path.undo(spine.path_um);
  spine.base_path_um = alignment.path.undo(spine.base_path_um);
  spine.height_um -= alignment.height_um;
  return spine;
}

PathAlignment align_paths(const std::vector<PlacedSpine>& fixed,
                          const std::vector<PlacedSpine>& moving) {
  PathAlignment alignment;
  if (fixed.size() < min_spines || moving.size() < min_spines) {
    return alignment;
  }
  alignment.path = PathShift(best_constant_shift(fixed, moving));
  for (const double gate_um : pairing_gates_um) {
    const std::vector<Pair> pairs = pair_spines(fixed, moving, alignment, gate_um);
    if (pairs.size() < min_spines) {
      break;
    }
    std::vector<PathShift::Sample> samples;
    std::vector<double> heights;
    for (const Pair& pair : pairs) {
      samples.push_back({pair.fixed->path_um, pair.moving->path_um - pair.fixed->path_um});
      heights.push_back(pair.moving->height_um - pair.fixed->height_um);
    }
    alignment.residuals_um.clear();
    alignment.path = PathShift(samples);
    alignment.height_um = median(heights);
    for (const PathShift::Sample& sample : samples) {
      alignment.residuals_um.push_back(sample.shift_um - alignment.path.at(sample.path_um));
    }
  }
  return alignment;
}

}  // namespace bramble
