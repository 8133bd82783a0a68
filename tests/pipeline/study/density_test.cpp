#include "pipeline/study/density.hpp"

#include "tests/pipeline/study/tiny_study.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

TEST(Density, is_spines_present_over_usable_length) {
  const FieldResult field = tiny_field();

  const std::vector<DendriteRow> rows = dendrite_rows(field);

  ASSERT_EQ(rows.size(), 6u);
  EXPECT_EQ(rows[0].dendrite_id, "d00");
  EXPECT_EQ(rows[0].session_id, "ses-0");
  EXPECT_EQ(rows[0].n_spines, 3);
  EXPECT_DOUBLE_EQ(rows[0].density_per_um, 3.0 / 8);
  EXPECT_EQ(rows[1].n_spines, 4);
  EXPECT_EQ(rows[2].n_spines, 4);
  EXPECT_EQ(rows[3].dendrite_id, "d01");
  EXPECT_DOUBLE_EQ(rows[3].density_per_um, 1.0 / 5);
  EXPECT_DOUBLE_EQ(rows[5].density_per_um, 2.0 / 5);
}

TEST(Density, counts_by_class) {
  FieldResult field = make_field("m1", "saline", {0});
  add_dendrite(field, "d00", 0, {10, 10}, {{P}, {P}, {P}, {P}, {P}, {A}});
  field.spines[1].spine.spine_class = SpineClass::stubby;
  field.spines[2].spine.spine_class = SpineClass::mushroom;
  field.spines[3].spine.spine_class = SpineClass::filopodium;
  field.spines[5].spine.spine_class = SpineClass::mushroom;

  const DendriteRow row = dendrite_rows(field).at(0);

  EXPECT_EQ(row.n_thin, 2);
  EXPECT_EQ(row.n_stubby, 1);
  EXPECT_EQ(row.n_mushroom, 1);
  EXPECT_EQ(row.n_filopodium, 1);
}

TEST(Density, leaves_out_a_spine_beyond_the_traced_shaft) {
  FieldResult field = make_field("m1", "saline", {0});
  add_dendrite(field, "d00", 0, {10, 10}, {{P}, {P}, {P}, {P}});
  field.spines[0].spine.path_um = -0.5;
  field.spines[1].spine.path_um = 10.5;
  field.spines[2].spine.path_um = 0;
  field.spines[3].spine.path_um = 10;

  const DendriteRow row = dendrite_rows(field).at(0);

  EXPECT_EQ(row.n_spines, 2);
}

TEST(Density, joins_the_pieces_of_a_dendrite) {
  FieldResult field = make_field("m1", "saline", {0});
  add_dendrite(field, "d00", 3, {30, 20}, {{P}, {P}});
  add_dendrite(field, "d00", 5, {10, 10}, {});
  field.dendrites[0].chord_um = 24;
  field.dendrites[0].length_2d_um = 28;
  field.dendrites[0].branch_order = 2;
  field.dendrites[0].mean_diameter_um = 1.0f;
  field.dendrites[1].chord_um = 8;
  field.dendrites[1].length_2d_um = 9;
  field.dendrites[1].mean_diameter_um = 0.6f;
  field.dendrites[1].diameter_um = 0.4f;
  field.spines[1].spine.dendrite = 5;

  const std::vector<DendriteRow> rows = dendrite_rows(field);

  ASSERT_EQ(rows.size(), 1u);
  EXPECT_DOUBLE_EQ(rows[0].length_um, 40);
  EXPECT_DOUBLE_EQ(rows[0].density_per_um, 2.0 / 30);
  EXPECT_NEAR(rows[0].diameter_um, (30 * 0.8 + 10 * 0.4) / 40, 1e-7);
  EXPECT_DOUBLE_EQ(rows[0].length_2d_um, 37);
  EXPECT_DOUBLE_EQ(rows[0].tortuosity, 40.0 / 32);
  EXPECT_NEAR(rows[0].mean_diameter_um, (30 * 1.0 + 10 * 0.6) / 40, 1e-7);
  EXPECT_EQ(rows[0].branch_order, 1);
  EXPECT_EQ(rows[0].flags, "pieces");
}

TEST(Density, is_not_available_without_usable_length) {
  FieldResult field = make_field("m1", "saline", {0});
  add_dendrite(field, "d00", 0, {10, 0}, {});

  const DendriteRow row = dendrite_rows(field).at(0);

  EXPECT_TRUE(std::isnan(row.density_per_um));
  EXPECT_TRUE(std::isnan(row.tortuosity));
  EXPECT_EQ(row.n_spines, 0);
}

}  // namespace
}  // namespace bramble
