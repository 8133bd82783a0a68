#include "bench/fourier_shell_correlation.hpp"

#include "kernels/core/error.hpp"
#include "kernels/core/fft.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace bramble {
namespace {

// 1 inside, a quarter of a cosine wave to 0 in the outer eighth.
double fade(int i, int size) {
  const double width = size / 8.0;
  const double to_edge = std::min(i + 0.5, size - i - 0.5);
  return to_edge >= width ? 1 : 0.5 - 0.5 * std::cos(std::numbers::pi * to_edge / width);
}

Array<Complex> transformed(const Fft3d& fft, VolumeView<const float> volume) {
  const Extent extent = volume.extent;
  const double mean = std::accumulate(volume.data, volume.data + extent.num_voxels(), 0.0) /
                      static_cast<double>(extent.num_voxels());
  Array<float> faded(MemorySpace::host, extent.num_voxels());
  for (std::int64_t i = 0; i < faded.size(); ++i) {
    const Voxel v = extent.voxel(i);
    const double weight = fade(v.z, extent.z) * fade(v.y, extent.y) * fade(v.x, extent.x);
    faded[i] = static_cast<float>(weight * (static_cast<double>(volume.data[i]) - mean));
  }
  Array<Complex> spectrum(MemorySpace::host, fft.spectrum_extent().num_voxels());
  fft.forward(cpu_exec, faded.data(), spectrum.data());
  return spectrum;
}

double frequency_per_um(int i, int size, float spacing_um) {
  const int signed_index = 2 * i > size ? i - size : i;
  return signed_index / (size * static_cast<double>(spacing_um));
}

struct Frequency {
  double in_plane = 0;
  double axial = 0;
};

bool lies_in(Frequency f, const ShellParams& params) {
  const double slope = std::tan(params.half_angle_deg * std::numbers::pi / 180);
  return params.sector == FrequencySector::in_plane ? f.axial <= slope * f.in_plane
                                                    : f.in_plane <= slope * f.axial;
}

double nyquist_per_um(Spacing spacing, FrequencySector sector) {
  return sector == FrequencySector::axial
             ? 0.5 / static_cast<double>(spacing.z_um)
             : 0.5 / static_cast<double>(std::max(spacing.y_um, spacing.x_um));
}

struct ShellSums {
  double cross = 0;
  double power_a = 0;
  double power_b = 0;
};

void add(ShellSums& sums, Complex a, Complex b) {
  const auto product = [](float p, float q) {
    return static_cast<double>(p) * static_cast<double>(q);
  };
  sums.cross += product(a.re, b.re) + product(a.im, b.im);
  sums.power_a += product(a.re, a.re) + product(a.im, a.im);
  sums.power_b += product(b.re, b.re) + product(b.im, b.im);
}

std::vector<ShellSums> sum_shells(const Extent extent, const Spacing spacing,
                                  const Array<Complex>& a, const Array<Complex>& b,
                                  const ShellParams& params) {
  const Extent spectrum = Fft3d::spectrum_extent_of(extent);
  const double nyquist = nyquist_per_um(spacing, params.sector);
  std::vector<ShellSums> shells(static_cast<std::size_t>(nyquist / params.shell_per_um));
  for (std::int64_t i = 0; i < spectrum.num_voxels(); ++i) {
    const Voxel v = spectrum.voxel(i);
    if (2 * v.x > extent.x) {
      continue;  // padding; the other half holds nothing new
    }
    const double y = frequency_per_um(v.y, extent.y, spacing.y_um);
    const double x = frequency_per_um(v.x, extent.x, spacing.x_um);
    const Frequency f{.in_plane = std::hypot(y, x),
                      .axial = std::abs(frequency_per_um(v.z, extent.z, spacing.z_um))};
    const auto shell =
        static_cast<std::size_t>(std::hypot(f.in_plane, f.axial) / params.shell_per_um);
    if (shell < shells.size() && lies_in(f, params)) {
      add(shells[shell], a[i], b[i]);
    }
  }
  return shells;
}

}  // namespace

ShellCorrelation fourier_shell_correlation(VolumeView<const float> a, VolumeView<const float> b,
                                           const ShellParams& params) {
  require(a.extent == b.extent, "two volumes of one extent can be compared");
  const Fft3d fft(cpu_exec, a.extent);
  const std::vector<ShellSums> shells =
      sum_shells(a.extent, a.spacing, transformed(fft, a), transformed(fft, b), params);
  ShellCorrelation result;
  for (std::size_t i = 0; i < shells.size(); ++i) {
    const double power = shells[i].power_a * shells[i].power_b;
    if (power > 0) {
      result.frequency_per_um.push_back((static_cast<double>(i) + 0.5) * params.shell_per_um);
      result.correlation.push_back(shells[i].cross / std::sqrt(power));
    }
  }
  return result;
}

double resolution_um(const ShellCorrelation& correlation, double level) {
  const std::vector<double>& values = correlation.correlation;
  const std::vector<double>& frequencies = correlation.frequency_per_um;
  const auto below = std::ranges::find_if(values, [level](double value) { return value < level; });
  if (below == values.end()) {
    return 1 / frequencies.back();
  }
  const auto i = static_cast<std::size_t>(below - values.begin());
  if (i == 0) {
    return 1 / frequencies.front();
  }
  const double part = (values[i - 1] - level) / (values[i - 1] - values[i]);
  return 1 / (frequencies[i - 1] + part * (frequencies[i] - frequencies[i - 1]));
}

}  // namespace bramble
