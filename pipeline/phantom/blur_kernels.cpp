#include "pipeline/phantom/blur_kernels.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace bramble {
namespace {

constexpr double reach_sigma = 4;  // beyond it a Gaussian holds 6e-5

double below(double distance_um, double sigma_um) {
  return 0.5 * std::erfc(-distance_um / (sigma_um * std::numbers::sqrt2));
}

}  // namespace

BlurKernels BlurKernels::in_plane(double sigma_um, double cell_um) {
  BlurKernels kernels(static_cast<int>(std::ceil(reach_sigma * sigma_um / cell_um)) + 1);
  for (int phase = 0; phase < phases_per_cell; ++phase) {
    std::vector<double> weights;
    double total = 0;
    for (int cell = -kernels.reach_; cell <= kernels.reach_; ++cell) {
      const double distance_um = (cell - static_cast<double>(phase) / phases_per_cell) * cell_um;
      weights.push_back(below(distance_um + cell_um, sigma_um) -
                        below(distance_um - cell_um, sigma_um));
      total += weights.back();
    }
    for (const double weight : weights) {
      kernels.weights_.push_back(static_cast<float>(weight / total));
    }
  }
  return kernels;
}

BlurKernels BlurKernels::in_depth(const PsfModel& psf, std::size_t term, double width,
                                  double cell_um) {
  const double reach_um = width * std::max(-psf.first_um(), psf.last_um());
  BlurKernels kernels(static_cast<int>(std::ceil(reach_um / cell_um)) + 1);
  for (int phase = 0; phase < phases_per_cell; ++phase) {
    for (int cell = -kernels.reach_; cell <= kernels.reach_; ++cell) {
      const double distance_um = (cell - static_cast<double>(phase) / phases_per_cell) * cell_um;
      // The focus lies above a cell that is deeper.
      kernels.weights_.push_back(
          static_cast<float>(cell_um / width * psf.share(term, -distance_um / width)));
    }
  }
  return kernels;
}

BlurTaps BlurKernels::at(double place) const noexcept {
  const auto in_phases = static_cast<long>(std::floor(place * phases_per_cell + 0.5));
  const long cell =
      (in_phases >= 0 ? in_phases : in_phases - (phases_per_cell - 1)) / phases_per_cell;
  const auto phase = static_cast<std::size_t>(in_phases - cell * phases_per_cell);
  const auto size = static_cast<std::size_t>(num_weights());
  return {static_cast<int>(cell) - reach_, std::span(weights_).subspan(phase * size, size)};
}

}  // namespace bramble
