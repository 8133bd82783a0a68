#include "kernels/trace/thin.hpp"

#include "kernels/trace/distance_transform.hpp"
#include "tests/kernels/execs.hpp"
#include "tests/kernels/flood_fill.hpp"
#include "tests/kernels/omp_threads.hpp"
#include "tests/kernels/trace/thinned.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

Mask solid_box(Extent extent, Extent margin) {
  return mask_where({extent.z + 2 * margin.z, extent.y + 2 * margin.y, extent.x + 2 * margin.x},
                    [&](Voxel v) {
                      return extent.contains({v.z - margin.z, v.y - margin.y, v.x - margin.x});
                    });
}

Mask ball(Extent extent, Voxel centre, double radius_vox) {
  return mask_where(extent, [&](Voxel v) {
    return std::hypot(v.z - centre.z, v.y - centre.y, v.x - centre.x) <= radius_vox;
  });
}

TEST(Thin, keeps_the_topology_of_random_volumes) {
  for (std::uint64_t seed = 0; seed < 120; ++seed) {
    const Extent extent{12 + static_cast<int>(seed % 5), 17, 50 + static_cast<int>(seed) * 2 % 37};
    const Mask mask = smoothed_noise(extent, seed, 0.25 + 0.003 * static_cast<double>(seed));

    const Mask thin = thinned(mask);

    ASSERT_EQ(topology_of(thin), topology_of(mask)) << "seed " << seed;
    ASSERT_EQ(count_simple_voxels_that_are_no_ends(thin), 0) << "seed " << seed;
    ASSERT_LT(count_voxels(thin), count_voxels(mask)) << "seed " << seed;
  }
}

TEST(Thin, random_volumes_have_components_tunnels_and_cavities_to_lose) {
  const Topology topology = topology_of(smoothed_noise({14, 17, 66}, 3, 0.4));

  EXPECT_GT(topology.num_components, 1);
  EXPECT_GT(topology.num_tunnels, 1);
  EXPECT_GT(topology_of(smoothed_noise({14, 17, 66}, 3, 0.6)).num_cavities, 1);
}

TEST(Thin, result_is_part_of_the_input_and_stays_when_thinned_again) {
  const Mask mask = smoothed_noise({16, 20, 70}, 11, 0.4);
  Volume<std::uint32_t> distances(MemorySpace::host, mask.extent(), isotropic_um);
  Volume<std::uint32_t> distances_along_axes(MemorySpace::host, mask.extent(), isotropic_um);
  BitVolume bits = bits_of(mask);
  distance_transform(cpu_exec, bits, distances_along_axes.view(), distances.view());
  ThinScratch scratch;

  thin(cpu_exec, bits, distances.view(), {}, scratch);
  const Mask once = mask_of(bits);
  thin(cpu_exec, bits, distances.view(), {}, scratch);
  const Mask twice = mask_of(bits);

  EXPECT_TRUE(same(once, twice));
  for (std::int64_t i = 0; i < mask.voxels().size(); ++i) {
    ASSERT_LE(once.voxels()[i], mask.voxels()[i]);
  }
}

TEST(Thin, bars_of_even_thickness_become_one_line_with_two_ends) {
  for (const int thickness : {2, 4, 6}) {
    const Mask line = thinned(solid_box({thickness, thickness, 100}, {3, 3, 10}));

    EXPECT_EQ(topology_of(line), (Topology{1, 0, 0})) << thickness;
    EXPECT_EQ(count_ends(line), 2) << thickness;
    EXPECT_GE(count_voxels(line), 90) << thickness;
    EXPECT_LE(count_voxels(line), 100) << thickness;
  }
}

TEST(Thin, bars_along_every_axis_are_kept) {
  EXPECT_EQ(count_ends(thinned(solid_box({100, 4, 4}, {3, 3, 3}))), 2);
  EXPECT_EQ(count_ends(thinned(solid_box({4, 100, 4}, {3, 3, 3}))), 2);
}

TEST(Thin, compact_bodies_become_one_voxel) {
  EXPECT_EQ(count_voxels(thinned(solid_box({4, 4, 4}, {3, 3, 3}))), 1);
  EXPECT_EQ(count_voxels(thinned(ball({25, 25, 25}, {12, 12, 12}, 9.3))), 1);
}

TEST(Thin, torus_becomes_one_closed_curve) {
  const Mask torus = mask_where({17, 60, 70}, [](Voxel v) {
    const double from_ring = std::hypot(v.y - 30, v.x - 35) - 20;
    return std::hypot(from_ring, v.z - 8) <= 5;
  });

  const Mask curve = thinned(torus);

  EXPECT_EQ(topology_of(curve), (Topology{1, 0, 1}));
  EXPECT_EQ(count_ends(curve), 0);
  EXPECT_LT(count_voxels(curve), 2 * 3.15 * 20);
}

TEST(Thin, hollow_sphere_stays_closed) {
  const Mask hollow = mask_where({31, 31, 31}, [](Voxel v) {
    const double radius = std::hypot(v.z - 15, v.y - 15, v.x - 15);
    return radius <= 12 && radius >= 7;
  });

  EXPECT_EQ(topology_of(thinned(hollow)), (Topology{1, 1, 0}));
}

TEST(Thin, objects_on_the_border_of_the_volume_are_thinned_as_anywhere) {
  const Mask line = thinned(solid_box({5, 5, 80}, {0, 0, 0}));

  EXPECT_EQ(topology_of(line), (Topology{1, 0, 0}));
  EXPECT_LE(count_voxels(line), 80);
}

TEST(Thin, empty_and_full_volumes) {
  EXPECT_EQ(count_voxels(thinned(mask_where({5, 6, 70}, [](Voxel) { return false; }))), 0);
  EXPECT_EQ(topology_of(thinned(mask_where({5, 6, 70}, [](Voxel) { return true; }))),
            (Topology{1, 0, 0}));
  EXPECT_EQ(count_voxels(thinned(mask_where({1, 1, 1}, [](Voxel) { return true; }))), 1);
  EXPECT_EQ(count_voxels(thinned(mask_where({0, 3, 3}, [](Voxel) { return true; }))), 0);
}

TEST(Thin, single_planes_keep_components_and_holes) {
  for (const Extent extent : {Extent{1, 90, 130}, Extent{90, 1, 130}, Extent{90, 130, 1}}) {
    const Mask plane = smoothed_noise(extent, 2, 0.5);

    const Mask thin = thinned(plane);

    EXPECT_EQ(topology_of(thin), topology_of(plane)) << extent.x;
    EXPECT_EQ(count_simple_voxels_that_are_no_ends(thin), 0) << extent.x;
  }
}

TEST(Thin, bodies_that_touch_at_a_corner_stay_joined) {
  const Mask bodies = mask_where({14, 14, 14}, [](Voxel v) {
    return (v.z >= 1 && v.z < 7 && v.y >= 1 && v.y < 7 && v.x >= 1 && v.x < 7) ||
           (v.z >= 7 && v.z < 13 && v.y >= 7 && v.y < 13 && v.x >= 7 && v.x < 13);
  });

  const Mask thin = thinned(bodies);

  EXPECT_EQ(topology_of(thin), (Topology{1, 0, 0}));
  EXPECT_EQ(thin.view()(6, 6, 6) + thin.view()(7, 7, 7), 2);
}

TEST(Thin, line_runs_along_the_axis_of_a_thick_bar) {
  const Mask line = thinned(solid_box({9, 9, 100}, {3, 3, 10}));

  for (std::int64_t i = 0; i < line.voxels().size(); ++i) {
    const Voxel v = line.extent().voxel(i);
    if (line.voxels()[i] != 0 && v.x >= 20 && v.x < 100) {
      ASSERT_EQ(v.z, 7);
      ASSERT_EQ(v.y, 7);
    }
  }
}

TEST(Thin, shift_by_two_voxels_shifts_the_result) {
  const Mask object = smoothed_noise({14, 16, 80}, 21, 0.4);
  const auto placed = [&](Voxel at, const Mask& what) {
    return mask_where({24, 26, 150}, [&, at](Voxel v) {
      const Voxel inside{v.z - at.z, v.y - at.y, v.x - at.x};
      return what.extent().contains(inside) && what.view()(inside) != 0;
    });
  };
  const Mask thin = thinned(placed({4, 4, 4}, object));
  const auto moved_back = [&](Voxel by) { return placed({-by.z, -by.y, -by.x}, thin); };

  EXPECT_TRUE(same(thinned(placed({6, 4, 4}, object)), moved_back({-2, 0, 0})));
  EXPECT_TRUE(same(thinned(placed({4, 6, 4}, object)), moved_back({0, -2, 0})));
  EXPECT_TRUE(same(thinned(placed({4, 4, 62}, object)), moved_back({0, 0, -58})));
}

TEST(Thin, another_object_in_the_volume_changes_nothing) {
  const Extent extent{20, 60, 140};
  const Mask first = mask_where(extent, [](Voxel v) {
    return std::hypot(v.z - 9, v.y - 15 - 0.1 * v.x) < 4.5 && v.x > 5 && v.x < 130;
  });
  const Mask second = ball(extent, {9, 48, 20}, 7.2);
  const Mask both =
      mask_where(extent, [&](Voxel v) { return first.view()(v) != 0 || second.view()(v) != 0; });

  const Mask thin_first = thinned(first);
  const Mask thin_second = thinned(second);
  const Mask thin_both = thinned(both);

  EXPECT_TRUE(same(thin_both, mask_where(extent, [&](Voxel v) {
                     return thin_first.view()(v) != 0 || thin_second.view()(v) != 0;
                   })));
}

TEST(Thin, same_bits_for_any_number_of_threads) {
  // Each of the four classes of rows has more than 131072 words: enough for parallel regions.
  const Mask mask = noise({800, 800, 2}, 9, 0.8);
  const Mask expected = [&] {
    const OmpThreads one(1);
    return thinned(mask);
  }();

  for (const int count : {2, 3}) {
    const OmpThreads threads(count);
    EXPECT_TRUE(same(thinned(mask), expected)) << count << " threads";
  }
}

TEST(Thin, same_bits_in_every_build) {
  const Mask thin = thinned(noise({23, 37, 131}, 4, 0.7), cpu_exec, {1.0f, 0.12f, 0.12f});

  std::uint64_t hash = 14695981039346656037u;  // FNV-1a
  for (const std::uint8_t voxel : thin.voxels()) {
    hash = (hash ^ voxel) * 1099511628211u;
  }
  EXPECT_EQ(hash, 3473145332233728804u);
}

TEST(Thin, same_bits_on_the_gpu) {
  BRAMBLE_CUDA_EXEC_OR_SKIP(gpu);
  const Mask mask = smoothed_noise({37, 53, 129}, 4, 0.4);

  EXPECT_TRUE(same(thinned(mask, gpu), thinned(mask)));
}

TEST(Thin, wrong_arguments_are_refused) {
  const Mask mask = noise({2, 3, 4}, 1, 0.5);

  EXPECT_THROW(thinned(mask, cpu_exec, {0, 1, 1}), InvalidArgument);
  EXPECT_THROW(thinned(mask, cpu_exec, isotropic_um, {.level_um = -1}), InvalidArgument);
}

}  // namespace
}  // namespace bramble
