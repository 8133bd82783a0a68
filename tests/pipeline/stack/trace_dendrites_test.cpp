#include "pipeline/stack/trace_dendrites.hpp"

#include "kernels/core/error.hpp"
#include "pipeline/stack/polyline.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

constexpr Spacing spacing{1.0f, 0.12f, 0.12f};
constexpr double sigma_um = 0.35;

// A shaft along the curve y = 6 + sin(x / 4), z = 8, with a Gaussian profile of peak 100 in plane
// and 1.2 um sigma in z.
double curve_y_um(double x_um) { return 6 + std::sin(x_um / 4); }

Volume<float> curved_shaft() {
  Volume<float> volume(MemorySpace::host, {16, 100, 200}, spacing);
  for (std::int64_t i = 0; i < volume.voxels().size(); ++i) {
    const Position p = position_of(volume.extent().voxel(i), spacing);
    const double slope = std::cos(p.x_um / 4) / 4;
    const double across = (p.y_um - curve_y_um(p.x_um)) / std::sqrt(1 + slope * slope);
    const double deep = p.z_um - 8;
    volume.voxels()[i] = static_cast<float>(
        100 * std::exp(-0.5 * across * across / sigma_um / sigma_um - 0.5 * deep * deep / 1.44));
  }
  return volume;
}

// A rough skeleton: whole voxels, off the axis by up to 0.3 um in plane and a slice in z.
ShaftPath rough_path() {
  ShaftPath path;
  for (int x = 8; x < 192; ++x) {
    const double x_um = 0.12 * x;
    const double wobble = 0.25 * std::sin(1.7 * x);
    const Voxel v = nearest_voxel({8.0 + (x / 7) % 2, curve_y_um(x_um) + wobble, x_um}, spacing);
    path.points.push_back(position_of(v, spacing));
  }
  path.length_um = 22;
  return path;
}

double true_length_um() {
  double length = 0;
  for (double x = 0.96; x < 22.92; x += 0.001) {
    length += std::hypot(0.001, curve_y_um(x + 0.001) - curve_y_um(x));
  }
  return length;
}

TEST(TraceDendrites, centreline_length_radius_and_brightness_of_a_known_shaft) {
  const Volume<float> volume = curved_shaft();

  const std::vector<Dendrite> dendrites =
      trace_dendrites({rough_path()}, {volume.view(), volume.view()}, {.blur_fwhm_um = 0});

  ASSERT_EQ(dendrites.size(), 1u);
  const Dendrite& dendrite = dendrites[0];
  EXPECT_NEAR(dendrite.length_um, true_length_um(), 0.02 * true_length_um());
  // A filled cylinder that looks as wide as this Gaussian.
  EXPECT_NEAR(dendrite.diameter_um, 2.3548 * sigma_um / 0.866, 0.06);
  EXPECT_LT(dendrite.length_2d_um, dendrite.length_um);
  EXPECT_GT(dendrite.tortuosity, 1.01);
  EXPECT_EQ(dendrite.length_usable_um, dendrite.length_um);
  for (std::size_t i = 10; i + 10 < dendrite.nodes.size(); ++i) {
    EXPECT_NEAR(dendrite.nodes[i].y_um, curve_y_um(dendrite.nodes[i].x_um), 0.06);
    EXPECT_NEAR(dendrite.nodes[i].z_um, 8, 0.2);
    EXPECT_NEAR(dendrite.brightness_counts[i], 100, 4);
  }
}

TEST(TraceDendrites, dim_shaft_is_left_out) {
  const Volume<float> volume = curved_shaft();

  EXPECT_TRUE(trace_dendrites({rough_path()}, {volume.view(), volume.view()}, {.noise_counts = 250})
                  .empty());
}

TEST(TraceDendrites, short_winding_path_is_a_chain_of_specks_and_left_out) {
  const Volume<float> volume = curved_shaft();
  const ShaftPath shaft = rough_path();
  ShaftPath there_and_back;
  there_and_back.points.assign(shaft.points.begin() + 60, shaft.points.begin() + 120);
  there_and_back.points.insert(there_and_back.points.end(), there_and_back.points.rbegin(),
                               there_and_back.points.rend());

  EXPECT_EQ(
      trace_dendrites({there_and_back}, {volume.view(), volume.view()}, {.max_speck_chain_um = 1})
          .size(),
      1u);
  EXPECT_TRUE(trace_dendrites({there_and_back}, {volume.view(), volume.view()}, {}).empty());
}

TEST(TraceDendrites, branch_knows_its_parent_and_starts_there) {
  const Volume<float> volume = curved_shaft();
  const ShaftPath shaft = rough_path();
  // From the middle of the shaft back along it: only the attachment matters here.
  ShaftPath branch;
  branch.points.assign(shaft.points.begin(), shaft.points.begin() + 100);
  branch.points.back() = shaft.points[100];

  const std::vector<Dendrite> dendrites = trace_dendrites(
      {shaft, branch}, {volume.view(), volume.view()}, {.min_length_um = 8, .double_frac = 1});

  // The middle of the branch lies farther up than that of the shaft.
  ASSERT_EQ(dendrites.size(), 2u);
  const Dendrite& found = dendrites[dendrites[0].parent_dendrite == 1 ? 0 : 1];
  const Dendrite& parent = dendrites[1 - static_cast<std::size_t>(found.id)];
  EXPECT_EQ(found.parent_dendrite, parent.id);
  EXPECT_EQ(found.branch_order, 2);
  EXPECT_EQ(parent.parent_dendrite, -1);
  EXPECT_LT(distance_um(found.nodes.front(), parent.nodes[found.parent_node]), 1.0);
}

TEST(TraceDendrites, shaft_that_is_seen_twice_counts_once) {
  const Volume<float> volume = curved_shaft();
  const ShaftPath shaft = rough_path();
  ShaftPath again;
  again.points.assign(shaft.points.begin() + 20, shaft.points.begin() + 140);
  for (Position& p : again.points) {
    p.y_um += 0.6;
  }

  const auto found = [&](double double_frac) {
    return trace_dendrites({shaft, again}, {volume.view(), volume.view()},
                           {.double_frac = double_frac})
        .size();
  };

  EXPECT_EQ(found(1), 2u);
  EXPECT_EQ(found(0.6), 1u);
}

TEST(TraceDendrites, short_branch_is_kept_and_a_short_shaft_by_itself_is_not) {
  const Volume<float> volume = curved_shaft();
  const ShaftPath shaft = rough_path();
  ShaftPath branch;
  branch.points.assign(shaft.points.begin() + 45, shaft.points.begin() + 101);
  ShaftPath alone = branch;
  alone.points.front().y_um += 0.01;
  alone.points.back().y_um += 0.01;

  const auto found = [&](const ShaftPath& second) {
    return trace_dendrites({shaft, second}, {volume.view(), volume.view()},
                           {.min_length_um = 10, .min_branch_length_um = 5, .double_frac = 1})
        .size();
  };

  EXPECT_EQ(found(alone), 1u);
  EXPECT_EQ(found(branch), 2u);
}

}  // namespace
}  // namespace bramble
