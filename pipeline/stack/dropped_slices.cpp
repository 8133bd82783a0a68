#include "pipeline/stack/dropped_slices.hpp"

#include "kernels/core/middle_value.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace bramble {

namespace {

// Light's photons scatter, darkness does not: without light this part of the standard deviation is
// left at most. At 1 photon of background and usual read noise it is a quarter.
constexpr double dark_scatter_frac = 0.5;
constexpr int num_neighbours = 3;  // on either side; their median decides

struct SliceLevel {
  double mean = 0;
  double scatter = 0;
  bool is_copy = false;  // of the slice before
};

template <class Count>
SliceLevel level_of(VolumeView<const Count> counts, int z) {
  const std::int64_t size = static_cast<std::int64_t>(counts.extent.y) * counts.extent.x;
  const Count* slice = counts.data + size * z;
  double sum = 0;
  double squares = 0;
  for (std::int64_t i = 0; i < size; ++i) {
    const double value = static_cast<double>(slice[i]);
    sum += value;
    squares += value * value;
  }
  const double mean = sum / static_cast<double>(size);
  const double variance = std::max(0.0, squares / static_cast<double>(size) - mean * mean);
  return {.mean = mean,
          .scatter = std::sqrt(variance),
          .is_copy = z > 0 && std::equal(slice, slice + size, slice - size)};
}

// The median of up to three slices on one side, of one of their numbers.
double beside(const std::vector<SliceLevel>& levels, int z, int side, double SliceLevel::*number) {
  std::vector<double> values;
  for (int i = 1; i <= num_neighbours; ++i) {
    const int other = z + side * i;
    if (other >= 0 && other < static_cast<int>(levels.size())) {
      values.push_back(levels[static_cast<std::size_t>(other)].*number);
    }
  }
  return values.empty() ? std::numeric_limits<double>::infinity() : middle_value(std::move(values));
}

bool is_dark(const std::vector<SliceLevel>& levels, int z) {
  const auto least = [&](double SliceLevel::*number) {
    return std::min(beside(levels, z, -1, number), beside(levels, z, 1, number));
  };
  const SliceLevel& level = levels[static_cast<std::size_t>(z)];
  const double scatter = least(&SliceLevel::scatter);
  return level.scatter < dark_scatter_frac * scatter &&
         level.mean < least(&SliceLevel::mean) - scatter / 4;
}

}  // namespace

std::vector<bool> find_dropped_slices(CountsView counts) {
  const int num_slices = counts.extent.z;
  std::vector<SliceLevel> levels(static_cast<std::size_t>(num_slices));
  counts.visit([&](auto voxels) {
#pragma omp parallel for schedule(static)
    for (int z = 0; z < num_slices; ++z) {
      levels[static_cast<std::size_t>(z)] = level_of(voxels, z);
    }
  });
  std::vector<bool> dropped;
  for (int z = 0; z < num_slices; ++z) {
    dropped.push_back(levels[static_cast<std::size_t>(z)].is_copy || is_dark(levels, z));
  }
  if (2 * std::count(dropped.begin(), dropped.end(), true) > num_slices) {
    dropped.assign(dropped.size(), false);
  }
  return dropped;
}

}  // namespace bramble
