#include "kernels/trace/distance_transform.hpp"

#include "tests/kernels/binary_volumes.hpp"
#include "tests/kernels/execs.hpp"
#include "tests/kernels/omp_threads.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace bramble {
namespace {

Volume<std::uint32_t> distances_of(const Mask& mask, Spacing spacing, const Exec& exec = cpu_exec) {
  BitVolume bits(exec.space());
  Volume<std::uint32_t> distances(exec.space(), mask.extent(), spacing);
  Volume<std::uint32_t> scratch(exec.space(), mask.extent(), spacing);
  Volume<std::uint32_t> on_host;
  copy(exec, bits_of(mask), bits);
  distance_transform(exec, bits, scratch.view(), distances.view());
  copy(exec, distances, on_host);
  return on_host;
}

// The definition: the nearest of all background voxels.
Volume<std::uint32_t> distances_by_definition(const Mask& mask, std::int64_t z_nm,
                                              std::int64_t y_nm, std::int64_t x_nm) {
  const Extent extent = mask.extent();
  Volume<std::uint32_t> distances(MemorySpace::host, extent, {1, 1, 1});
  for (std::int64_t i = 0; i < extent.num_voxels(); ++i) {
    std::int64_t nearest = largest_squared_distance_nm2;
    for (std::int64_t j = 0; j < extent.num_voxels(); ++j) {
      const Voxel a = extent.voxel(i);
      const Voxel b = extent.voxel(j);
      const std::int64_t dz = (a.z - b.z) * z_nm;
      const std::int64_t dy = (a.y - b.y) * y_nm;
      const std::int64_t dx = (a.x - b.x) * x_nm;
      nearest = mask.voxels()[j] != 0 ? nearest : std::min(nearest, dz * dz + dy * dy + dx * dx);
    }
    distances.voxels()[i] = static_cast<std::uint32_t>(nearest);
  }
  return distances;
}

bool same_voxels(const Volume<std::uint32_t>& a, const Volume<std::uint32_t>& b) {
  return a.extent() == b.extent() &&
         std::equal(a.voxels().begin(), a.voxels().end(), b.voxels().begin());
}

TEST(DistanceTransform, row_with_background_on_one_side_only) {
  const Mask mask = mask_where({1, 1, 5}, [](Voxel v) { return v.x != 1; });

  const Volume<std::uint32_t> distances = distances_of(mask, {1, 1, 0.1f});

  const std::uint32_t expected[] = {10000, 0, 10000, 40000, 90000};
  for (int x = 0; x < 5; ++x) {
    EXPECT_EQ(distances.view()(0, 0, x), expected[x]);
  }
}

TEST(DistanceTransform, equals_the_definition_on_random_volumes) {
  const Extent extents[] = {{5, 7, 9},  {1, 1, 200}, {3, 6, 67}, {9, 2, 64},
                            {4, 40, 3}, {1, 20, 72}, {20, 1, 65}};
  for (const Extent extent : extents) {
    for (const double foreground_frac : {0.3, 0.9, 0.99}) {
      const Mask mask = noise(extent, 17, foreground_frac);

      const Volume<std::uint32_t> distances = distances_of(mask, {1.0f, 0.12f, 0.115f});

      EXPECT_TRUE(same_voxels(distances, distances_by_definition(mask, 1000, 120, 115)))
          << extent.z << ' ' << extent.y << ' ' << extent.x << ' ' << foreground_frac;
    }
  }
}

TEST(DistanceTransform, outside_of_the_volume_is_not_a_source) {
  const Mask mask = mask_where({3, 3, 64}, [](Voxel) { return true; });

  const Volume<std::uint32_t> distances = distances_of(mask, {1, 1, 1});

  for (const std::uint32_t distance : distances.voxels()) {
    ASSERT_EQ(distance, largest_squared_distance_nm2);
  }
}

TEST(DistanceTransform, far_voxels_have_the_largest_distance) {
  const Mask mask = mask_where({2, 3, 150}, [](Voxel v) { return !(v == Voxel{0, 0, 0}); });

  const Volume<std::uint32_t> distances = distances_of(mask, {9, 5, 1});

  EXPECT_EQ(distances.view()(0, 0, 65), 4225000000u);
  EXPECT_EQ(distances.view()(0, 0, 66), largest_squared_distance_nm2);
  EXPECT_TRUE(same_voxels(distances, distances_by_definition(mask, 9000, 5000, 1000)));
}

TEST(DistanceTransform, empty_volume_is_zero_although_the_memory_was_not) {
  const Mask empty = mask_where({2, 5, 70}, [](Voxel) { return false; });
  Volume<std::uint32_t> distances(MemorySpace::host, empty.extent(), {1, 1, 1});
  Volume<std::uint32_t> scratch(MemorySpace::host, empty.extent(), {1, 1, 1});
  std::fill(distances.voxels().begin(), distances.voxels().end(), 5u);

  distance_transform(cpu_exec, bits_of(empty), scratch.view(), distances.view());

  EXPECT_EQ(*std::max_element(distances.voxels().begin(), distances.voxels().end()), 0u);
}

TEST(DistanceTransform, same_for_any_number_of_threads) {
  const Mask mask = smoothed_noise({20, 40, 150}, 6, 0.6);
  const Spacing spacing{0.5f, 0.2f, 0.2f};
  const OmpThreads one(1);
  const Volume<std::uint32_t> expected = distances_of(mask, spacing);

  for (const int count : {2, 3}) {
    const OmpThreads threads(count);
    EXPECT_TRUE(same_voxels(distances_of(mask, spacing), expected)) << count << " threads";
  }
}

TEST(DistanceTransform, same_on_the_gpu) {
  BRAMBLE_CUDA_EXEC_OR_SKIP(gpu);
  const Mask mask = smoothed_noise({37, 53, 129}, 6, 0.7);

  EXPECT_TRUE(same_voxels(distances_of(mask, {0.5f, 0.2f, 0.2f}, gpu),
                          distances_of(mask, {0.5f, 0.2f, 0.2f})));
}

TEST(DistanceTransform, spacing_below_one_nanometre_is_refused) {
  EXPECT_THROW(distances_of(noise({2, 2, 2}, 1, 0.5), {1, 1, 0.0001f}), InvalidArgument);
}

}  // namespace
}  // namespace bramble
