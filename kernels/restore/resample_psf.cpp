#include "kernels/restore/resample_psf.hpp"

#include "kernels/restore/lanczos.hpp"
#include "kernels/restore/psf_grid.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace bramble {

namespace {

constexpr int num_lobes = 4;

// One sample of the result as a weighted sum of old ones.
struct Taps {
  int first = 0;
  std::vector<double> weights;
};

struct Axis {
  int size;
  double spacing_um;
  double centre_um;
  double new_spacing_um;
};

// The samples of one new axis, an odd number.
std::vector<Taps> taps_along(const Axis& axis) {
  const double last_um = (axis.size - 1) * axis.spacing_um;
  const double reach_um = std::max({axis.centre_um, last_um - axis.centre_um, 0.0});
  constexpr double rounding = 1e-3;
  const int half = static_cast<int>(std::ceil(reach_um / axis.new_spacing_um - rounding));
  std::vector<Taps> samples;
  for (int i = -half; i <= half; ++i) {
    double place = (axis.centre_um + i * axis.new_spacing_um) / axis.spacing_um;
    if (std::abs(place - std::round(place)) < rounding * rounding) {
      place = std::round(place);  // spacings are floats; the same grid gives the same values
    }
    const int low = static_cast<int>(std::floor(place)) - num_lobes + 1;
    Taps taps{.first = std::clamp(low, 0, axis.size), .weights = {}};
    double total = 0;
    for (int old = low; old < low + 2 * num_lobes; ++old) {
      const double weight = lanczos(place - old, num_lobes);
      total += weight;
      if (old >= 0 && old < axis.size) {
        taps.weights.push_back(weight);
      }
    }
    for (double& weight : taps.weights) {
      weight /= total;
    }
    samples.push_back(std::move(taps));
  }
  return samples;
}

// `outer` blocks of `size` samples, each of `inner` values, along a new axis.
std::vector<double> resample(const std::vector<double>& values, std::int64_t outer, int size,
                             std::int64_t inner, const std::vector<Taps>& samples) {
  std::vector<double> result;
  result.reserve(static_cast<std::size_t>(outer * inner) * samples.size());
  for (std::int64_t block = 0; block < outer; ++block) {
    for (const Taps& taps : samples) {
      for (std::int64_t i = 0; i < inner; ++i) {
        double sum = 0;
        std::int64_t old = (block * size + taps.first) * inner + i;
        for (const double weight : taps.weights) {
          sum += weight * values[static_cast<std::size_t>(old)];
          old += inner;
        }
        result.push_back(sum);
      }
    }
  }
  return result;
}

}  // namespace

Volume<float> resample_psf(VolumeView<const float> psf, Position centre, Spacing spacing) {
  check_spacing(psf.spacing);
  check_spacing(spacing);
  const Extent old = psf.extent;
  const std::vector<Taps> z = taps_along({old.z, psf.spacing.z_um, centre.z_um, spacing.z_um});
  const std::vector<Taps> y = taps_along({old.y, psf.spacing.y_um, centre.y_um, spacing.y_um});
  const std::vector<Taps> x = taps_along({old.x, psf.spacing.x_um, centre.x_um, spacing.x_um});
  const Extent extent{static_cast<int>(z.size()), static_cast<int>(y.size()),
                      static_cast<int>(x.size())};
  std::vector<double> values(psf.data, psf.data + old.num_voxels());
  values = resample(values, old.num_rows(), old.x, 1, x);
  values = resample(values, old.z, old.y, extent.x, y);
  values = resample(values, 1, old.z, static_cast<std::int64_t>(extent.y) * extent.x, z);
  Volume<float> result(MemorySpace::host, extent, spacing);
  std::transform(values.begin(), values.end(), result.voxels().begin(),
                 [](double value) { return static_cast<float>(value); });
  return result;
}

}  // namespace bramble
