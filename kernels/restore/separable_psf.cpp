#include "kernels/restore/separable_psf.hpp"

#include <cmath>

namespace bramble {

namespace {

constexpr double largest_difference = 1e-5;

std::size_t place(int i) { return static_cast<std::size_t>(i); }

std::vector<float> as_floats(const std::vector<double>& values, double scale) {
  std::vector<float> result;
  for (const double value : values) {
    result.push_back(static_cast<float>(value * scale));
  }
  return result;
}

}  // namespace

MarginalSums marginal_sums(VolumeView<const float> volume) {
  const auto zeros = [](int size) {
    return std::vector<double>(static_cast<std::size_t>(size), 0.0);
  };
  MarginalSums sums{zeros(volume.extent.z), zeros(volume.extent.y), zeros(volume.extent.x)};
  for (std::int64_t i = 0; i < volume.extent.num_voxels(); ++i) {
    const Voxel v = volume.extent.voxel(i);
    const auto value = static_cast<double>(volume.data[i]);
    sums.z[place(v.z)] += value;
    sums.y[place(v.y)] += value;
    sums.x[place(v.x)] += value;
  }
  return sums;
}

std::optional<SeparablePsf> separate_psf(VolumeView<const float> psf) {
  const MarginalSums sums = marginal_sums(psf);
  double total = 0;
  for (std::int64_t i = 0; i < psf.extent.num_voxels(); ++i) {
    total += static_cast<double>(psf.data[i]);
  }
  double difference = 0;
  double norm = 0;
  for (std::int64_t i = 0; i < psf.extent.num_voxels(); ++i) {
    const Voxel v = psf.extent.voxel(i);
    const auto value = static_cast<double>(psf.data[i]);
    const double product =
        sums.z[place(v.z)] * sums.y[place(v.y)] * sums.x[place(v.x)] / (total * total);
    difference += (value - product) * (value - product);
    norm += value * value;
  }
  if (!(std::sqrt(difference) < largest_difference * std::sqrt(norm))) {
    return {};
  }
  return SeparablePsf{as_floats(sums.z, 1 / (total * total)), as_floats(sums.y, 1),
                      as_floats(sums.x, 1)};
}

}  // namespace bramble
