#include "kernels/restore/separable_profiles.hpp"

#include "kernels/core/error.hpp"

#include <algorithm>
#include <cmath>

namespace bramble {

namespace {

// The sums of the volume weighted with the profiles of the two other axes, along each axis.
struct Contractions {
  std::vector<double> z;
  std::vector<double> y;
  std::vector<double> x;
};

Contractions contract(VolumeView<const float> psf, const SeparableProfiles& profiles) {
  const auto size = [](int length) { return static_cast<std::size_t>(length); };
  Contractions sums{std::vector<double>(size(psf.extent.z)),
                    std::vector<double>(size(psf.extent.y)),
                    std::vector<double>(size(psf.extent.x))};
  const float* row = psf.data;
  for (std::size_t z = 0; z < sums.z.size(); ++z) {
    for (std::size_t y = 0; y < sums.y.size(); ++y) {
      double along_x = 0;
      const double weight = profiles.z[z] * profiles.y[y];
      for (std::size_t x = 0; x < sums.x.size(); ++x) {
        along_x += profiles.x[x] * static_cast<double>(row[x]);
        sums.x[x] += weight * static_cast<double>(row[x]);
      }
      sums.z[z] += profiles.y[y] * along_x;
      sums.y[y] += profiles.z[z] * along_x;
      row += sums.x.size();
    }
  }
  return sums;
}

// Its length before.
double make_unit_length(std::vector<double>& profile) {
  double square = 0;
  for (const double value : profile) {
    square += value * value;
  }
  const double length = std::sqrt(square);
  for (double& value : profile) {
    value /= length;
  }
  return length;
}

}  // namespace

SeparableProfiles separable_profiles(VolumeView<const float> psf) {
  double square = 0;
  for (std::int64_t i = 0; i < psf.extent.num_voxels(); ++i) {
    square += static_cast<double>(psf.data[i]) * static_cast<double>(psf.data[i]);
  }
  if (!(square > 0)) {
    throw DataError("all values of the PSF are 0, expected one bright spot");
  }
  SeparableProfiles profiles{.z = std::vector<double>(static_cast<std::size_t>(psf.extent.z), 1.0),
                             .y = std::vector<double>(static_cast<std::size_t>(psf.extent.y), 1.0),
                             .x = std::vector<double>(static_cast<std::size_t>(psf.extent.x), 1.0)};
  constexpr int num_rounds = 20;
  for (int round = 0; round < num_rounds; ++round) {
    profiles.z = contract(psf, profiles).z;
    make_unit_length(profiles.z);
    profiles.y = contract(psf, profiles).y;
    make_unit_length(profiles.y);
    profiles.x = contract(psf, profiles).x;
    profiles.scale = make_unit_length(profiles.x);
  }
  const double left = std::max(0.0, 1 - profiles.scale * profiles.scale / square);
  profiles.residual_frac = std::sqrt(left);
  return profiles;
}

}  // namespace bramble
