#include "kernels/align/phase_correlation.hpp"

#include "kernels/align/axis_weights.hpp"
#include "kernels/align/correlation_peaks.hpp"
#include "kernels/align/overlap_correlation.hpp"
#include "kernels/core/fft.hpp"
#include "kernels/core/fft_size.hpp"
#include "kernels/core/for_each_voxel.hpp"
#include "kernels/core/interpolate.hpp"
#include "kernels/core/top_of_parabola.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace bramble {

namespace {

// Shifts that leave less of the fixed volume in common are chance.
constexpr float smallest_overlap_frac = 0.2f;
constexpr int num_peaks_tried = 4;
constexpr int num_climbing_rounds = 2;
// A spectrum weaker than this part of full scale has no phase.
constexpr float smallest_power = 1e-20f;

// Puts a volume into the low corner of the padded one, read on the grid, compressed and faded out;
// zeros elsewhere.
struct PlaceFaded {
  VolumeView<const float> image;
  Extent on_grid;  // of the image, in voxels of the grid
  Spacing grid;
  VolumeView<float> padded;
  AxisWeights fade;

  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    if (!on_grid.contains(v)) {
      padded(v) = 0;
      return;
    }
    const float counts = interpolate(image, position_of(v, grid));
    padded(v) = counts > 0 ? sqrtf(counts) * fade.at(v) : 0.0f;
  }
};

// moving = moving conj(fixed) / |moving conj(fixed)| weight
struct CrossPhase {
  const Complex* fixed;
  Complex* moving;
  Extent extent;  // of the spectrum
  AxisWeights weights;

  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    const std::int64_t i = extent.index(v);
    const Complex cross = multiply(moving[i], conjugate(fixed[i]));
    const float power = cross.re * cross.re + cross.im * cross.im;
    const float factor = power > smallest_power ? weights.at(v) / sqrtf(power) : 0.0f;
    moving[i] = {cross.re * factor, cross.im * factor};
  }
};

int padded_length(int largest, float max_shift_frac) {
  return largest == 1
             ? 1
             : static_cast<int>(std::ceil(static_cast<float>(largest) * (1 + max_shift_frac)));
}

Extent padded_for(Extent largest, float max_shift_frac) {
  return {fast_fft_size(padded_length(largest.z, max_shift_frac)),
          fast_fft_size(padded_length(largest.y, max_shift_frac)),
          fast_fft_row_size(padded_length(largest.x, max_shift_frac))};
}

int length_on_grid(int length, float spacing_um, float grid_um) {
  return static_cast<int>(
             std::floor(static_cast<float>(length - 1) * spacing_um / grid_um + 1e-3f)) +
         1;
}

// Moves the shift to the top of the overlap's correlation, along one axis after the other. The
// three places compared are whole voxels apart, so interpolation smooths them alike and draws the
// top to no side.
ShiftEstimate climb(const Exec& exec, VolumeView<const float> fixed, VolumeView<const float> moving,
                    ShiftEstimate estimate) {
  const Position steps[] = {{0, 0, static_cast<double>(fixed.spacing.x_um)},
                            {0, static_cast<double>(fixed.spacing.y_um), 0},
                            {static_cast<double>(fixed.spacing.z_um), 0, 0}};
  const bool movable[] = {fixed.extent.x > 2, fixed.extent.y > 2, fixed.extent.z > 2};
  const auto correlation_at = [&](Position shift) {
    return static_cast<double>(correlate_overlap(exec, fixed, moving, shift).correlation);
  };
  double here = correlation_at(estimate.shift);
  for (int round = 0; round < num_climbing_rounds; ++round) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      if (movable[axis]) {
        const Position step = steps[axis];
        const double below = correlation_at(estimate.shift - step);
        const double above = correlation_at(estimate.shift + step);
        estimate.shift = estimate.shift + step * top_of_parabola(below, here, above);
        here = correlation_at(estimate.shift);
      }
    }
  }
  estimate.correlation = static_cast<float>(here);
  return estimate;
}

}  // namespace

struct PhaseCorrelation::Work {
  Extent largest;
  PhaseCorrelationParams params;
  Fft3d fft;
  WeightTables low_pass;
  Volume<float> padded;
  Array<Complex> fixed;
  Array<Complex> moving;
  Volume<float> on_host;

  Work(const Exec& exec, Extent largest_extent, const PhaseCorrelationParams& parameters)
      : largest(largest_extent),
        params(parameters),
        fft(exec, padded_for(largest_extent, parameters.max_shift_frac)),
        low_pass(low_pass_weights(exec, fft.extent(), parameters.smoothing_vox)),
        padded(exec.space(), fft.extent(), {1, 1, 1}),
        fixed(exec.space(), fft.spectrum_extent().num_voxels()),
        moving(exec.space(), fixed.size()) {
    // The padding of the spectra's rows is never written, and must hold numbers.
    fill_bytes(exec, fixed.data(), 0, static_cast<std::size_t>(fixed.size()) * sizeof(Complex));
    fill_bytes(exec, moving.data(), 0, static_cast<std::size_t>(moving.size()) * sizeof(Complex));
  }

  void transform(const Exec& exec, VolumeView<const float> image, Spacing grid,
                 Array<Complex>& spectrum) {
    const Extent on_grid = extent_on_grid(image.extent, image.spacing, grid);
    require(on_grid.z <= largest.z && on_grid.y <= largest.y && on_grid.x <= largest.x,
            "a volume is larger than the alignment was planned for");
    const WeightTables fade = fade_weights(exec, on_grid, params.taper_frac);
    for_each_voxel(exec, fft.extent(),
                   PlaceFaded{image, on_grid, grid, padded.view(), fade.weights()});
    fft.forward(exec, padded.view().data, spectrum.data());
    // The tables are still in use until the stream has come this far.
    synchronize(exec);
  }

  // The largest shift in voxels for which two volumes of these extents still overlap and no other
  // shift looks the same.
  Extent search_range(Extent a, Extent b) const {
    const auto range = [this](int length_a, int length_b) {
      return static_cast<int>(params.max_shift_frac *
                              static_cast<float>(std::max(length_a, length_b)));
    };
    return {range(a.z, b.z), range(a.y, b.y), range(a.x, b.x)};
  }
};

Extent extent_on_grid(Extent extent, Spacing spacing, Spacing grid) {
  return {length_on_grid(extent.z, spacing.z_um, grid.z_um),
          length_on_grid(extent.y, spacing.y_um, grid.y_um),
          length_on_grid(extent.x, spacing.x_um, grid.x_um)};
}

PhaseCorrelation::PhaseCorrelation(const Exec& exec, Extent largest,
                                   const PhaseCorrelationParams& params) {
  require(largest.num_voxels() > 0, "no volume to align");
  require(params.smoothing_vox > 0, "smoothing_vox must be positive: without it noise decides");
  require(params.taper_frac >= 0 && params.taper_frac <= 0.5f,
          "taper_frac must lie between 0 and 0.5");
  require(params.max_shift_frac > 0 && params.max_shift_frac < 1,
          "max_shift_frac must lie between 0 and 1");
  work_ = std::make_unique<Work>(exec, largest, params);
}

PhaseCorrelation::~PhaseCorrelation() = default;
PhaseCorrelation::PhaseCorrelation(PhaseCorrelation&&) noexcept = default;
PhaseCorrelation& PhaseCorrelation::operator=(PhaseCorrelation&&) noexcept = default;

ShiftEstimate PhaseCorrelation::estimate(const Exec& exec, VolumeView<const float> fixed,
                                         VolumeView<const float> moving) {
  Work& work = *work_;
  require(fixed.extent.num_voxels() > 0 && moving.extent.num_voxels() > 0,
          "an empty volume cannot be aligned");
  const Spacing grid = fixed.spacing;
  work.transform(exec, fixed, grid, work.fixed);
  work.transform(exec, moving, grid, work.moving);
  const Extent spectrum = work.fft.spectrum_extent();
  for_each_voxel(
      exec, spectrum,
      CrossPhase{work.fixed.data(), work.moving.data(), spectrum, work.low_pass.weights()});
  work.fft.inverse(exec, work.moving.data(), work.padded.view().data);
  copy(exec, work.padded, work.on_host);

  const VolumeView<const float> correlation = std::as_const(work.on_host).view();
  const Extent range =
      work.search_range(fixed.extent, extent_on_grid(moving.extent, moving.spacing, grid));
  ShiftEstimate best;
  for (const CorrelationPeak& peak : highest_peaks(correlation, range, num_peaks_tried)) {
    const Position shift{peak.shift_z_vox * static_cast<double>(grid.z_um),
                         peak.shift_y_vox * static_cast<double>(grid.y_um),
                         peak.shift_x_vox * static_cast<double>(grid.x_um)};
    const OverlapCorrelation overlap = correlate_overlap(exec, fixed, moving, shift);
    if (overlap.overlap_frac >= smallest_overlap_frac && overlap.correlation > best.correlation) {
      best = {shift, overlap.correlation};
    }
  }
  return best.correlation > 0 ? climb(exec, fixed, moving, best) : best;
}

}  // namespace bramble
