#include "pipeline/stack/suppress_duplicates.hpp"

#include "kernels/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace bramble {

namespace {

double square(double value) { return value * value; }

bool is_duplicate(const SpineCandidate& a, const SpineCandidate& b, const DuplicateParams& params) {
  const double axial_um = a.head.z_um - b.head.z_um;
  if (a.shaft.dendrite != b.shaft.dendrite) {
    return distance_in_plane_um(a.head, b.head) < params.other_dendrite_um &&
           std::abs(axial_um) < params.axial_um;
  }
  if (std::signbit(a.shaft.lateral_um) != std::signbit(b.shaft.lateral_um)) {
    return false;
  }
  return square((a.shaft.path_um - b.shaft.path_um) / params.along_um) +
             square((a.shaft.lateral_um - b.shaft.lateral_um) / params.across_um) +
             square(axial_um / params.axial_um) <
         1;
}

}  // namespace

std::vector<std::size_t> suppress_duplicates(const std::vector<SpineCandidate>& candidates,
                                             const std::vector<float>& probabilities,
                                             const DuplicateParams& params) {
  require(candidates.size() == probabilities.size(), "one probability per candidate is needed");
  std::vector<std::size_t> order(candidates.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return probabilities[a] > probabilities[b];
  });
  std::vector<std::size_t> kept;
  for (const std::size_t i : order) {
    const bool is_new = std::none_of(kept.begin(), kept.end(), [&](std::size_t k) {
      return is_duplicate(candidates[k], candidates[i], params);
    });
    if (is_new) {
      kept.push_back(i);
    }
  }
  std::sort(kept.begin(), kept.end());
  return kept;
}

}  // namespace bramble
