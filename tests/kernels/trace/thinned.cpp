#include "tests/kernels/trace/thinned.hpp"

#include "kernels/trace/distance_transform.hpp"
#include "kernels/trace/simple_point.hpp"

#include <bit>

namespace bramble {

namespace {

// Applies `test` to all words and counts the foreground voxels for which it holds.
template <class Test>
int count_where(const Mask& mask, const Test& test) {
  const BitVolume bits = bits_of(mask);
  const BitView view = bits.view();
  int count = 0;
  for (std::int64_t row = 0; row < view.extent.num_rows(); ++row) {
    for (std::int64_t w = 0; w < view.words_per_row(); ++w) {
      const std::int64_t index = view.row(row) + w - view.words;
      count += std::popcount(view.words[index] & test(gather_neighbours(view, index)));
    }
  }
  return count;
}

}  // namespace

Mask thinned(const Mask& mask, const Exec& exec, Spacing spacing, const ThinParams& params) {
  BitVolume bits(exec.space());
  Volume<std::uint32_t> distances(exec.space(), mask.extent(), spacing);
  Volume<std::uint32_t> distances_along_axes(exec.space(), mask.extent(), spacing);
  ThinScratch scratch(exec.space());
  BitVolume on_host;
  copy(exec, bits_of(mask), bits);
  distance_transform(exec, bits, distances_along_axes.view(), distances.view());
  thin(exec, bits, distances.view(), params, scratch);
  copy(exec, bits, on_host);
  return mask_of(on_host);
}

std::int64_t count_voxels(const Mask& mask) { return count_bits(cpu_exec, bits_of(mask)); }

int count_ends(const Mask& mask) {
  return count_where(mask, [](const NeighbourWords& n) { return end_points(n); });
}

int count_simple_voxels_that_are_no_ends(const Mask& mask) {
  return count_where(mask,
                     [](const NeighbourWords& n) { return simple_points(n) & ~end_points(n); });
}

}  // namespace bramble
