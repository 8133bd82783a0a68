#include "pipeline/phantom/truth.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace bramble {
namespace {

PhantomDesign long_field() {
  PhantomDesign design;
  design.extent = {11, 101, 1001};
  return design;
}
const PhantomDesign design = long_field();

Position as_it_is(Position point) { return point; }

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
  SessionSpine spine;
  spine.life = {.serial = dendrite.spines.size(), .path_um = path_um};
  spine.shaft = point_at(dendrite.path, path_um);
  spine.shape = shape_spine(dendrite.path, path_um, form);
  dendrite.spines.push_back(spine);
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

  const std::vector<PhantomSpine> rows = describe_spines(dendrite, 0, design, as_it_is);

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

  const std::vector<PhantomSpine> rows = describe_spines(dendrite, 0, design, as_it_is);

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

  const std::vector<PhantomSpine> rows = describe_spines(dendrite, 0, design, as_it_is);

  EXPECT_TRUE(rows[0].edge);
  EXPECT_FALSE(rows[0].scorable);
  EXPECT_FALSE(rows[1].edge);
  EXPECT_TRUE(rows[1].scorable);
  EXPECT_TRUE(rows[2].edge);
  EXPECT_TRUE(rows[3].edge);  // its head is 4.0 um below the middle: 1 um from the last slice
  EXPECT_FALSE(rows[3].scorable);
}

TEST(DescribeSpines, copies_geometry_and_life_and_names_the_spine) {
  SessionDendrite dendrite = straight_dendrite();
  SpineForm form = sideways(90);
  form.tilt_rad = -0.1;
  form.neck_diameter_um = 0.2;
  add_spine(dendrite, 20, form);
  dendrite.spines[0].life.transient = true;
  dendrite.spines[0].life.birth_day = -1;
  dendrite.spines[0].life.death_day = 4.5;

  const PhantomSpine row = describe_spines(dendrite, 2, design, as_it_is)[0];

  EXPECT_EQ(row.dendrite_id, "d03");
  EXPECT_EQ(row.spine_id, "d03s001");
  EXPECT_EQ(row.spine_class, "thin");
  EXPECT_EQ(row.head_diameter_um, 0.5);
  EXPECT_EQ(row.neck_length_um, 0.6);
  EXPECT_NEAR(row.length_um, 1.1, 1e-12);
  EXPECT_NEAR(distance_um(row.base, row.tip), 1.5, 1e-9);
  EXPECT_EQ(row.neck_diameter_um, 0.2);
  EXPECT_EQ(row.volume_um3, spine_volume_um3(form));
  EXPECT_NEAR(row.azimuth_deg, 90, 1e-9);
  EXPECT_NEAR(row.tilt_deg, -0.1 * 180 / std::numbers::pi, 1e-9);
  EXPECT_EQ(row.pool, "transient");
  EXPECT_EQ(row.birth_day, -1);
  EXPECT_EQ(row.death_day, 4.5);
}

TEST(DescribeSpines, positions_and_edge_follow_the_motion_but_lengths_do_not) {
  SessionDendrite dendrite = straight_dendrite();
  add_spine(dendrite, 2, sideways(90));
  const auto moved = [](Position p) { return p + Position{0.1, 0.2, -1.5}; };

  const PhantomSpine row = describe_spines(dendrite, 0, design, moved)[0];

  EXPECT_NEAR(distance_um(row.base, {5.1, 5.2, 0.5}), 0, 1e-9);
  EXPECT_NEAR(distance_um(row.tip, {5.1, 6.7, 0.5}), 0, 1e-9);
  EXPECT_TRUE(row.edge);
  EXPECT_FALSE(row.scorable);
  EXPECT_NEAR(row.length_um, 1.1, 1e-12);
  EXPECT_NEAR(row.lateral_protrusion_um, 1.1, 1e-9);
}

TEST(DescribeSpines, branched_spine_has_one_row_of_its_larger_head) {
  SessionDendrite dendrite = straight_dendrite();
  SpineForm form = sideways(90);
  form.head_diameter_um = 0.7;
  form.second_diameter_um = 0.4;
  form.second_angle_rad = 0.5;
  add_spine(dendrite, 20, form);

  const std::vector<PhantomSpine> rows = describe_spines(dendrite, 0, design, as_it_is);

  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].spine_class, "mushroom");
  EXPECT_EQ(rows[0].head_diameter_um, 0.7);
  EXPECT_NEAR(rows[0].length_um, 1.3, 1e-12);
  EXPECT_NEAR(distance_um(rows[0].head, {5, 5 + 0.4 + 0.6 + 0.35, 20}), 0, 1e-9);
}

TEST(DescribePath, tells_where_nodes_appear_and_where_the_dendrite_branches_off) {
  SessionDendrite dendrite = straight_dendrite();
  dendrite.path.parent = 0;
  dendrite.path.parent_node = 17;

  const PhantomDendrite row = describe_path(dendrite, 1, [](Position p) {
    return p + Position{1, 0, 0};
  });

  EXPECT_EQ(row.dendrite_id, "d02");
  ASSERT_EQ(row.nodes.size(), 1001u);
  EXPECT_EQ(row.nodes[10], (Position{6, 5, 1}));
  EXPECT_EQ(row.radius_um[10], 0.4f);
  EXPECT_EQ(row.parent, 0);
  EXPECT_EQ(row.parent_node, 17);
}

SessionTissue with_bystander(BystanderKind kind, Position centre) {
  SessionTissue tissue;
  tissue.dendrites.push_back(straight_dendrite());
  tissue.dendrites.push_back(straight_dendrite());
  for (Position& node : tissue.dendrites[1].path.nodes) {
    node.y_um = 50;
  }
  tissue.bystanders.push_back(
      {.kind = kind, .number = 6, .ball = {.centre = centre, .radius_um = 0.3}});
  return tissue;
}

TEST(DescribeBystanders, punctum_beside_a_dendrite_has_a_row_that_never_counts) {
  const SessionTissue tissue = with_bystander(BystanderKind::punctum, {5, 8, 30.02});

  const std::vector<PhantomSpine> rows = describe_bystanders(tissue, design, as_it_is);

  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].spine_class, "punctum");
  EXPECT_EQ(rows[0].spine_id, "p007");
  EXPECT_EQ(rows[0].dendrite_id, "d01");
  EXPECT_FALSE(rows[0].scorable);
  EXPECT_FALSE(rows[0].edge);
  EXPECT_NEAR(distance_um(rows[0].base, {5, 5, 30}), 0, 1e-9);
  EXPECT_EQ(rows[0].head, (Position{5, 8, 30.02}));
  EXPECT_EQ(rows[0].tip, rows[0].head);
  EXPECT_EQ(rows[0].head_diameter_um, 0.6);
  EXPECT_NEAR(rows[0].volume_um3, std::numbers::pi / 6 * 0.216, 1e-12);
  EXPECT_TRUE(rows[0].pool.empty());
  EXPECT_TRUE(std::isnan(rows[0].death_day));
}

TEST(DescribeBystanders, belong_to_the_nearest_dendrite_within_3_um) {
  const auto rows_at = [](double y_um) {
    return describe_bystanders(with_bystander(BystanderKind::bouton, {5, y_um, 30}), design,
                               as_it_is);
  };

  EXPECT_EQ(rows_at(8.35).size(), 1u);
  EXPECT_TRUE(rows_at(8.45).empty());
  ASSERT_EQ(rows_at(48).size(), 1u);
  EXPECT_EQ(rows_at(48)[0].dendrite_id, "d02");
  EXPECT_EQ(rows_at(48)[0].spine_class, "bouton");
  EXPECT_EQ(rows_at(48)[0].spine_id, "b007");
  EXPECT_TRUE(rows_at(48)[0].edge);  // the volume ends at 10 um
}

TEST(DescribeBystanders, field_without_dendrites_gives_no_rows) {
  SessionTissue tissue = with_bystander(BystanderKind::punctum, {5, 8, 30});
  tissue.dendrites.clear();

  EXPECT_TRUE(describe_bystanders(tissue, design, as_it_is).empty());
}

TEST(DescribeSpines, dendrite_without_spines_gives_no_rows) {
  EXPECT_TRUE(describe_spines(straight_dendrite(), 0, design, as_it_is).empty());
}

// The specification's simulation: 58 % of the spines of a 0.8 um shaft stick out by 0.4 um or more.
TEST(DescribeSpines, six_in_ten_spines_of_a_shaft_are_scorable) {
  constexpr int num_spines = 20000;
  double num_scorable = 0;
  double num_inside = 0;
  for (std::uint64_t serial = 0; serial < num_spines; ++serial) {
    SessionDendrite dendrite = straight_dendrite();
    const bool transient = serial % 1000 < 75;
    add_spine(dendrite, 50,
              draw_spine_form({}, {.seed = 1}, {.serial = serial, .transient = transient}));
    const PhantomSpine row = describe_spines(dendrite, 0, design, as_it_is)[0];
    num_scorable += row.scorable;
    num_inside += !row.edge;
  }

  EXPECT_NEAR(num_scorable / num_inside, 0.585, 0.02);
}

// For one spine across the shaft: P(scorable) = 1 - (2 / pi) arcsin((R + 0.4) / (R + L)).
TEST(DescribeSpines, protrusion_follows_the_formula_of_a_uniform_azimuth) {
  constexpr int num_azimuths = 3600;
  double num_scorable = 0;
  SessionDendrite dendrite = straight_dendrite();
  for (int i = 0; i < num_azimuths; ++i) {
    dendrite.spines.clear();
    SpineForm form = sideways(0.1 * i + 0.05);
    form.tilt_rad = 0.25;
    add_spine(dendrite, 50, form);
    const PhantomSpine row = describe_spines(dendrite, 0, design, as_it_is)[0];
    num_scorable += row.scorable;
    ASSERT_NEAR(row.lateral_protrusion_um,
                1.5 * std::abs(std::sin(form.azimuth_rad)) * std::cos(0.25) - 0.4, 1e-9);
  }

  const double expected =
      1 - 2 / std::numbers::pi * std::asin((0.4 + 0.4) / (1.5 * std::cos(0.25)));
  EXPECT_NEAR(num_scorable / num_azimuths, expected, 0.002);
}

}  // namespace
}  // namespace bramble
