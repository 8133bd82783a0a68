#include "pipeline/phantom/truth.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace bramble {
namespace {

constexpr Extent extent{11, 101, 1001};
constexpr Spacing spacing{1.0f, 0.1f, 0.1f};

// A straight shaft of 0.8 um along x through the middle of the volume.
SessionDendrite straight_dendrite() {
  SessionDendrite dendrite;
  for (int i = 0; i <= 1000; ++i) {
    dendrite.path.nodes.push_back({5, 5, 0.1 * i});
    dendrite.path.radius_um.push_back(0.4);
  }
  return dendrite;
}

void add_spine(SessionDendrite& dendrite, double path_um, const SpineForm& form) {
  dendrite.spines.push_back({.serial = dendrite.spines.size(),
                             .path_um = path_um,
                             .shaft = point_at(dendrite.path, path_um),
                             .shape = shape_spine(dendrite.path, path_um, form)});
}

SpineForm sideways(double azimuth_degree) {
  return {.azimuth_rad = azimuth_degree * std::numbers::pi / 180,
          .head_diameter_um = 0.5,
          .neck_length_um = 0.6};
}

TEST(DescribeSpines, protrusion_is_in_plane_from_the_surface_of_the_shaft) {
  SessionDendrite dendrite = straight_dendrite();
  add_spine(dendrite, 20, sideways(90));
  add_spine(dendrite, 40, sideways(-30));
  add_spine(dendrite, 60, sideways(0));

  const std::vector<PhantomSpine> rows = describe_spines(dendrite, 0, extent, spacing);

  EXPECT_NEAR(rows[0].lateral_protrusion_um, 1.1, 1e-6);
  EXPECT_NEAR(rows[1].lateral_protrusion_um, 1.5 * 0.5 - 0.4, 1e-6);
  EXPECT_NEAR(rows[2].lateral_protrusion_um, -0.4, 1e-6);
  EXPECT_TRUE(rows[0].scorable);
  EXPECT_FALSE(rows[1].scorable);  // 0.35 um
  EXPECT_FALSE(rows[2].scorable);
  EXPECT_FALSE(rows[2].edge);
}

TEST(DescribeSpines, neighbour_is_the_nearest_on_the_same_side) {
  SessionDendrite dendrite = straight_dendrite();
  add_spine(dendrite, 20, sideways(90));
  add_spine(dendrite, 20.5, sideways(-90));
  add_spine(dendrite, 22, sideways(80));
  add_spine(dendrite, 25, sideways(100));

  const std::vector<PhantomSpine> rows = describe_spines(dendrite, 0, extent, spacing);

  EXPECT_NEAR(rows[0].neighbour_um, 2, 1e-9);
  EXPECT_TRUE(std::isnan(rows[1].neighbour_um));
  EXPECT_NEAR(rows[2].neighbour_um, 2, 1e-9);
  EXPECT_NEAR(rows[3].neighbour_um, 3, 1e-9);
}

TEST(DescribeSpines, spine_near_the_border_or_outside_is_an_edge_spine_and_not_scorable) {
  SessionDendrite dendrite = straight_dendrite();
  add_spine(dendrite, 0.9, sideways(90));
  add_spine(dendrite, 1.1, sideways(90));
  add_spine(dendrite, 99.5, sideways(90));
  SpineForm deep = sideways(30);
  deep.neck_length_um = 4;
  add_spine(dendrite, 50, deep);

  const std::vector<PhantomSpine> rows = describe_spines(dendrite, 0, extent, spacing);

  EXPECT_TRUE(rows[0].edge);
  EXPECT_FALSE(rows[0].scorable);
  EXPECT_FALSE(rows[1].edge);
  EXPECT_TRUE(rows[1].scorable);
  EXPECT_TRUE(rows[2].edge);
  EXPECT_TRUE(rows[3].edge);  // its head is 4.0 um below the middle: 1 um from the last slice
  EXPECT_FALSE(rows[3].scorable);
}

TEST(DescribeSpines, copies_the_geometry_and_names_the_spine) {
  SessionDendrite dendrite = straight_dendrite();
  add_spine(dendrite, 20, sideways(90));

  const PhantomSpine row = describe_spines(dendrite, 2, extent, spacing)[0];

  EXPECT_EQ(row.dendrite_id, "d03");
  EXPECT_EQ(row.spine_id, "d03s001");
  EXPECT_EQ(row.spine_class, "thin");
  EXPECT_EQ(row.head_diameter_um, 0.5);
  EXPECT_EQ(row.neck_length_um, 0.6);
  EXPECT_NEAR(row.length_um, 1.1, 1e-12);
  EXPECT_NEAR(distance_um(row.base, row.tip), 1.5, 1e-9);
}

TEST(DescribeSpines, dendrite_without_spines_gives_no_rows) {
  EXPECT_TRUE(describe_spines(straight_dendrite(), 0, extent, spacing).empty());
}

// The specification's simulation: 58 % of the spines of a 0.8 um shaft stick out by 0.4 um or more.
TEST(DescribeSpines, six_in_ten_spines_of_a_shaft_are_scorable) {
  SessionDendrite dendrite = straight_dendrite();
  constexpr int num_spines = 3000;
  for (std::uint64_t serial = 0; serial < num_spines; ++serial) {
    add_spine(dendrite, 5 + 0.03 * static_cast<double>(serial),
              draw_spine_form({.seed = 1}, {.serial = serial}));
  }

  double num_scorable = 0;
  double num_inside = 0;
  for (const PhantomSpine& row : describe_spines(dendrite, 0, extent, spacing)) {
    num_scorable += row.scorable;
    num_inside += !row.edge;
  }

  EXPECT_NEAR(num_scorable / num_inside, 0.585, 0.03);
}

}  // namespace
}  // namespace bramble
