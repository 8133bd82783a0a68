#include "tests/kernels/flood_fill.hpp"
#include "tests/kernels/trace/curved_tubes.hpp"
#include "tests/kernels/trace/thinned.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

// How near thinned tubes come to their axes, and how little that depends on where the tubes lie on
// the grid of voxels.
namespace bramble {
namespace {

std::vector<Voxel> voxels_of(const Mask& mask) {
  std::vector<Voxel> voxels;
  for (std::int64_t i = 0; i < mask.voxels().size(); ++i) {
    if (mask.voxels()[i] != 0) {
      voxels.push_back(mask.extent().voxel(i));
    }
  }
  return voxels;
}

double mean_centre_error_um(const Mask& curves, Spacing spacing,
                            const std::vector<CurvedTube>& tubes) {
  const std::vector<Voxel> voxels = voxels_of(curves);
  double total_um = 0;
  for (const Voxel v : voxels) {
    total_um += distance_from_axes_um(tubes, position_of(v, spacing));
  }
  return total_um / static_cast<double>(voxels.size());
}

double nearest_um(Position p, const std::vector<Voxel>& voxels, Spacing spacing) {
  double nearest = std::numeric_limits<double>::infinity();
  for (const Voxel v : voxels) {
    nearest = std::min(nearest, distance_um(p, position_of(v, spacing)));
  }
  return nearest;
}

// Part of the axes with a voxel of `curves` within the given distance.
double covered_frac(const Mask& curves, Spacing spacing, const std::vector<CurvedTube>& tubes,
                    double within_um) {
  const std::vector<Voxel> voxels = voxels_of(curves);
  int num_covered = 0;
  int num_points = 0;
  for (const CurvedTube& tube : tubes) {
    for (std::size_t i = 0; i < tube.axis_um.size(); i += 4) {
      num_covered += nearest_um(tube.axis_um[i], voxels, spacing) <= within_um ? 1 : 0;
      ++num_points;
    }
  }
  return static_cast<double>(num_covered) / num_points;
}

// The voxels nearest to the axes: what no choice of voxels does much better than.
Mask rounded_axes(const Mask& like, Spacing spacing, const std::vector<CurvedTube>& tubes) {
  Mask mask = mask_where(like.extent(), [](Voxel) { return false; });
  for (const CurvedTube& tube : tubes) {
    for (const Position p : tube.axis_um) {
      mask.view()(nearest_voxel(p, spacing)) = 1;
    }
  }
  return mask;
}

int count_components(const Mask& mask) {
  int count = 0;
  label_by_flood_fill(mask, true, count);
  return count;
}

TEST(ThinQuality, curves_follow_the_axes_of_tubes_from_end_to_end) {
  constexpr Spacing spacing{1, 1, 1};
  const std::vector<CurvedTube> tubes = disjoint_curved_tubes();

  const Mask curves = thinned(painted(tubes, spacing), cpu_exec, spacing);

  EXPECT_EQ(count_components(curves), 14);
  EXPECT_EQ(count_ends(curves), 28);
  EXPECT_LE(mean_centre_error_um(curves, spacing, tubes), 0.46);
  EXPECT_GE(covered_frac(curves, spacing, tubes, 2), 0.99);
}

TEST(ThinQuality, curves_follow_the_axes_in_slices_three_voxels_apart) {
  constexpr Spacing spacing{3, 1, 1};
  const std::vector<CurvedTube> tubes = disjoint_curved_tubes();

  const Mask curves = thinned(painted(tubes, spacing), cpu_exec, spacing);

  // Rounding to such voxels alone takes the axes 0.84 um away from themselves.
  const double rounding_um =
      mean_centre_error_um(rounded_axes(curves, spacing, tubes), spacing, tubes);
  EXPECT_EQ(count_components(curves), 14);
  EXPECT_EQ(count_ends(curves), 28);
  EXPECT_LE(mean_centre_error_um(curves, spacing, tubes), 1.05 * rounding_um);
  EXPECT_GE(covered_frac(curves, spacing, tubes, spacing.z_um), 0.99);
}

// A fork of three arms and a bow, away from the border.
Mask fork_and_bow() {
  const auto near = [](Position p, Position from, Position to, double radius) {
    const Position along = to - from;
    const double part = std::clamp(dot(p - from, along) / dot(along, along), 0.0, 1.0);
    return distance_um(p, from + along * part) <= radius;
  };
  return mask_where({36, 70, 110}, [&](Voxel v) {
    const Position p = position_of(v, {1, 1, 1});
    const Position fork{14, 25, 50};
    const double from_ring = std::hypot(p.y_um - 62, p.x_um - 55) - 22;
    return near(p, {10, 12, 10}, fork, 4.3) || near(p, fork, {22, 14, 98}, 3.6) ||
           near(p, fork, {8, 24, 99}, 3.2) ||
           (std::hypot(from_ring, p.z_um - 24) <= 4.4 && p.y_um < 62);
  });
}

enum class Change { shift_z, shift_y, shift_x, flip_z, flip_y, flip_x, swap_yx, swap_zx };
constexpr Change all_changes[] = {Change::shift_z, Change::shift_y, Change::shift_x,
                                  Change::flip_z,  Change::flip_y,  Change::flip_x,
                                  Change::swap_yx, Change::swap_zx};

// The voxel of the mask as it was that a voxel of the changed mask shows. Every change but the
// shifts is its own inverse.
Voxel changed(Voxel v, Change change, Extent extent, int shift) {
  switch (change) {
    case Change::shift_z:
      return {v.z - shift, v.y, v.x};
    case Change::shift_y:
      return {v.z, v.y - shift, v.x};
    case Change::shift_x:
      return {v.z, v.y, v.x - shift};
    case Change::flip_z:
      return {extent.z - 1 - v.z, v.y, v.x};
    case Change::flip_y:
      return {v.z, extent.y - 1 - v.y, v.x};
    case Change::flip_x:
      return {v.z, v.y, extent.x - 1 - v.x};
    case Change::swap_yx:
      return {v.z, v.x, v.y};
    case Change::swap_zx:
      return {v.x, v.y, v.z};
  }
  return v;
}

Mask changed(const Mask& mask, Change change, int shift) {
  const Extent from = mask.extent();
  Extent to = from;
  if (change == Change::swap_yx) {
    std::swap(to.y, to.x);
  } else if (change == Change::swap_zx) {
    std::swap(to.z, to.x);
  }
  return mask_where(to, [&](Voxel v) {
    const Voxel source = changed(v, change, from, shift);
    return from.contains(source) && mask.view()(source) != 0;
  });
}

double hausdorff_vox(const Mask& a, const Mask& b) {
  const std::vector<Voxel> in_a = voxels_of(a);
  const std::vector<Voxel> in_b = voxels_of(b);
  double largest = 0;
  for (const auto& [from, to] : {std::pair{&in_a, &in_b}, std::pair{&in_b, &in_a}}) {
    for (const Voxel v : *from) {
      largest = std::max(largest, nearest_um(position_of(v, {1, 1, 1}), *to, {1, 1, 1}));
    }
  }
  return largest;
}

TEST(ThinQuality, shifts_by_one_flips_and_swaps_of_axes_keep_the_counts_and_move_little) {
  const Mask mask = fork_and_bow();
  const Mask curves = thinned(mask);
  ASSERT_EQ(count_ends(curves), 5);

  for (const Change change : all_changes) {
    const Mask other = changed(thinned(changed(mask, change, 1)), change, -1);

    EXPECT_EQ(topology_of(other), topology_of(curves)) << static_cast<int>(change);
    EXPECT_EQ(count_ends(other), count_ends(curves)) << static_cast<int>(change);
    EXPECT_LE(hausdorff_vox(other, curves), 2) << static_cast<int>(change);
  }
}

}  // namespace
}  // namespace bramble
