#include "kernels/restore/separable_psf.hpp"

#include <cmath>

namespace bramble {

namespace {

constexpr double largest_difference = 1e-5;

std::vector<float> as_floats(const std::vector<double>& values, double scale) {
  std::vector<float> result;
  for (const double value : values) {
    result.push_back(static_cast<float>(value * scale));
  }
  return result;
}

}  // namespace

std::optional<SeparablePsf> separate_psf(VolumeView<const float> psf) {
  const Extent extent = psf.extent;
  const auto zeros = [](int size) {
    return std::vector<double>(static_cast<std::size_t>(size), 0.0);
  };
  std::vector<double> along_z = zeros(extent.z);
  std::vector<double> along_y = zeros(extent.y);
  std::vector<double> along_x = zeros(extent.x);
  double total = 0;
  const auto place = [](int i) { return static_cast<std::size_t>(i); };
  const auto for_each = [&](const auto& body) {
    for (std::int64_t i = 0; i < extent.num_voxels(); ++i) {
      const Voxel v = extent.voxel(i);
      body(place(v.z), place(v.y), place(v.x), static_cast<double>(psf.data[i]));
    }
  };
  for_each([&](std::size_t z, std::size_t y, std::size_t x, double value) {
    along_z[z] += value;
    along_y[y] += value;
    along_x[x] += value;
    total += value;
  });
  double difference = 0;
  double norm = 0;
  for_each([&](std::size_t z, std::size_t y, std::size_t x, double value) {
    const double product = along_z[z] * along_y[y] * along_x[x] / (total * total);
    difference += (value - product) * (value - product);
    norm += value * value;
  });
  if (!(std::sqrt(difference) < largest_difference * std::sqrt(norm))) {
    return {};
  }
  return SeparablePsf{as_floats(along_z, 1 / (total * total)), as_floats(along_y, 1),
                      as_floats(along_x, 1)};
}

}  // namespace bramble
