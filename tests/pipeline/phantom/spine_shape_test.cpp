#include "pipeline/phantom/spine_shape.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

namespace bramble {
namespace {

std::vector<SpineForm> many_forms(bool transient) {
  std::vector<SpineForm> forms;
  for (std::uint64_t serial = 0; serial < 20000; ++serial) {
    forms.push_back(draw_spine_form({.seed = 1}, {.serial = serial, .transient = transient}));
  }
  return forms;
}

DendritePath straight_path() {
  DendritePath path;
  for (int i = 0; i <= 100; ++i) {
    path.nodes.push_back({5, 2, 0.1 * i});
    path.radius_um.push_back(0.4);
  }
  return path;
}

// Figures of the specification's simulation: mean head 0.52 um, mean length 1.07 um, 5 to 95 % 0.47
// to 1.82 um.
TEST(SpineForm, persistent_spines_have_the_specified_sizes) {
  const std::vector<SpineForm> forms = many_forms(false);
  double head_sum = 0;
  std::vector<double> lengths;
  for (const SpineForm& form : forms) {
    head_sum += form.head_diameter_um;
    lengths.push_back(form.neck_length_um + form.head_diameter_um);
  }
  std::sort(lengths.begin(), lengths.end());
  const auto size = static_cast<double>(forms.size());
  double length_sum = 0;
  for (const double length : lengths) {
    length_sum += length;
  }

  EXPECT_NEAR(head_sum / size, 0.52, 0.01);
  EXPECT_NEAR(length_sum / size, 1.07, 0.02);
  EXPECT_NEAR(lengths[lengths.size() / 20], 0.47, 0.02);
  EXPECT_NEAR(lengths[lengths.size() * 19 / 20], 1.82, 0.04);
}

TEST(SpineForm, classes_have_the_specified_shares) {
  std::map<std::string, double> shares;
  for (const SpineForm& form : many_forms(false)) {
    shares[classify_by_project_rules(form)] += 1.0 / 20000;
  }

  EXPECT_NEAR(shares["thin"], 0.65, 0.03);
  EXPECT_NEAR(shares["mushroom"], 0.22, 0.04);
  EXPECT_NEAR(shares["stubby"], 0.12, 0.02);
}

TEST(SpineForm, filopodia_are_three_percent_of_all_and_only_transient) {
  const auto is_bare = [](const SpineForm& form) {
    return form.neck_diameter_um == form.head_diameter_um;
  };
  const std::vector<SpineForm> transient = many_forms(true);
  const std::vector<SpineForm> persistent = many_forms(false);

  const auto num_transient = std::count_if(transient.begin(), transient.end(), is_bare);
  const auto num_persistent = std::count_if(persistent.begin(), persistent.end(), is_bare);

  EXPECT_NEAR(0.075 * static_cast<double>(num_transient) / 20000, 0.03, 0.001);
  EXPECT_EQ(num_persistent, 0);
}

TEST(SpineForm, newborn_heads_are_smaller) {
  const SpineForm grown = draw_spine_form({.seed = 1}, {.serial = 3});
  const SpineForm newborn = draw_spine_form({.seed = 1}, {.serial = 3, .newborn = true});

  EXPECT_NEAR(newborn.head_diameter_um, 0.8 * grown.head_diameter_um, 1e-12);
}

TEST(HeadGrowth, has_the_specified_spread_and_memory) {
  double sum_of_squares = 0;
  double product = 0;
  constexpr int num_spines = 5000;
  for (std::uint64_t serial = 0; serial < num_spines; ++serial) {
    const std::vector<double> growth = draw_head_growth({.seed = 1}, {.serial = serial}, {-1, 6});
    sum_of_squares += std::log(growth[1]) * std::log(growth[1]);
    product += std::log(growth[0]) * std::log(growth[1]);
  }

  EXPECT_NEAR(std::sqrt(sum_of_squares / num_spines), 0.15, 0.01);
  EXPECT_NEAR(product / sum_of_squares, std::exp(-1.0), 0.06);
}

TEST(ClassifyByProjectRules, follows_the_table) {
  EXPECT_EQ(classify_by_project_rules({.head_diameter_um = 0.39, .neck_length_um = 1.7}),
            "filopodium");
  EXPECT_EQ(classify_by_project_rules({.head_diameter_um = 0.41, .neck_length_um = 1.7}), "thin");
  EXPECT_EQ(classify_by_project_rules({.head_diameter_um = 0.7, .neck_length_um = 0.1}), "stubby");
  EXPECT_EQ(classify_by_project_rules({.head_diameter_um = 1.1, .neck_length_um = 0.0}),
            "mushroom");
  EXPECT_EQ(classify_by_project_rules({.head_diameter_um = 0.6, .neck_length_um = 0.5}),
            "mushroom");
  EXPECT_EQ(classify_by_project_rules({.head_diameter_um = 0.5, .neck_length_um = 0.5}), "thin");
}

TEST(ShapeSpine, sideways_spine_lies_in_the_plane_and_across_the_shaft) {
  const SpineForm form{
      .azimuth_rad = std::numbers::pi / 2, .head_diameter_um = 0.5, .neck_length_um = 0.6};

  const SpineShape shape = shape_spine(straight_path(), 3.0, form);

  EXPECT_NEAR(distance_um(shape.base, {5, 2, 3}), 0, 1e-9);
  EXPECT_NEAR(distance_um(shape.head, {5, 2 + 0.4 + 0.6 + 0.25, 3}), 0, 1e-9);
  EXPECT_NEAR(distance_um(shape.tip, {5, 2 + 0.4 + 1.1, 3}), 0, 1e-9);
}

TEST(ShapeSpine, azimuth_0_points_deeper_and_tilt_along_the_shaft) {
  const double tilt = 0.2;
  const SpineForm form{.tilt_rad = tilt, .head_diameter_um = 0.5, .neck_length_um = 0.6};

  const SpineShape shape = shape_spine(straight_path(), 3.0, form);

  EXPECT_NEAR(shape.tip.z_um, 5 + 1.5 * std::cos(tilt), 1e-9);
  EXPECT_NEAR(shape.tip.x_um, 3 + 1.5 * std::sin(tilt), 1e-9);
  EXPECT_NEAR(shape.tip.y_um, 2, 1e-9);
}

}  // namespace
}  // namespace bramble
