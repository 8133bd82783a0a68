#include "pipeline/phantom/spine_shape.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

namespace bramble {
namespace {

std::vector<SpineForm> many_forms(const PhantomParameters& parameters, bool transient) {
  std::vector<SpineForm> forms;
  for (std::uint64_t serial = 0; serial < 20000; ++serial) {
    forms.push_back(
        draw_spine_form(parameters, {.seed = 1}, {.serial = serial, .transient = transient}));
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
  const std::vector<SpineForm> forms = many_forms({}, false);
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
  for (const SpineForm& form : many_forms({}, false)) {
    shares[classify_by_project_rules(form)] += 1.0 / 20000;
  }

  EXPECT_NEAR(shares["thin"], 0.65, 0.03);
  EXPECT_NEAR(shares["mushroom"], 0.22, 0.04);
  EXPECT_NEAR(shares["stubby"], 0.12, 0.02);
}

TEST(SpineForm, follows_the_parameters) {
  PhantomParameters parameters;
  parameters.spines.head_diameter_median_um = 0.7f;
  parameters.spines.head_diameter_log_sd = 0.1f;
  parameters.spines.neck_length_median_um = 0.8f;
  parameters.spines.neck_length_log_sd = 0.2f;
  parameters.spines.sessile_frac = 0.5f;
  parameters.spines.branched_frac = 0.2f;
  double log_head = 0;
  double log_neck = 0;
  double num_single = 0;
  double num_necks = 0;
  double num_sessile = 0;
  for (const SpineForm& form : many_forms(parameters, false)) {
    const bool single = !form.branched();
    const bool has_neck = single && form.neck_length_um > 0;
    num_single += single;
    log_head += single ? std::log(form.head_diameter_um) : 0;
    num_necks += has_neck;
    log_neck += has_neck ? std::log(form.neck_length_um) : 0;
    num_sessile += form.neck_length_um == 0;
  }

  EXPECT_NEAR(std::exp(log_head / num_single), 0.7, 0.005);
  EXPECT_NEAR(std::exp(log_neck / num_necks), 0.8, 0.01);
  EXPECT_NEAR(num_sessile / num_single, 0.5, 0.02);
  EXPECT_NEAR(num_single / 20000, 0.8, 0.01);
}

TEST(SpineForm, filopodia_are_three_percent_of_all_and_only_transient) {
  const auto is_filopodium = [](const SpineForm& form) { return form.filopodium; };
  const std::vector<SpineForm> transient = many_forms({}, true);
  const std::vector<SpineForm> persistent = many_forms({}, false);

  const auto num_transient = std::count_if(transient.begin(), transient.end(), is_filopodium);
  const auto num_persistent = std::count_if(persistent.begin(), persistent.end(), is_filopodium);

  EXPECT_NEAR(0.075 * static_cast<double>(num_transient) / 20000, 0.03, 0.001);
  EXPECT_EQ(num_persistent, 0);
}

TEST(SpineForm, filopodia_are_long_and_headless_and_classified_so) {
  for (const SpineForm& form : many_forms({}, true)) {
    if (!form.filopodium) {
      continue;
    }
    ASSERT_EQ(form.neck_diameter_um, form.head_diameter_um);
    ASSERT_GE(form.head_diameter_um, 0.2);
    ASSERT_LE(form.head_diameter_um, 0.3);
    ASSERT_GE(form.neck_length_um + form.head_diameter_um, 2);
    ASSERT_LE(form.neck_length_um + form.head_diameter_um, 4);
    ASSERT_EQ(classify_by_project_rules(form), "filopodium");
  }
}

TEST(SpineForm, one_in_a_hundred_is_branched_with_the_larger_head_first) {
  constexpr double degree = std::numbers::pi / 180;
  int num_branched = 0;
  for (const SpineForm& form : many_forms({}, false)) {
    if (!form.branched()) {
      continue;
    }
    ++num_branched;
    ASSERT_GE(form.head_diameter_um, form.second_diameter_um);
    ASSERT_GT(form.neck_length_um, 0);
    ASSERT_GE(std::abs(form.second_angle_rad), 25 * degree);
    ASSERT_LE(std::abs(form.second_angle_rad), 40 * degree);
  }

  EXPECT_NEAR(num_branched, 200, 60);
}

TEST(SpineForm, newborn_and_transient_heads_are_smaller) {
  PhantomParameters parameters;
  parameters.spines.filopodium_frac = 0;
  const SpineForm grown = draw_spine_form(parameters, {.seed = 1}, {.serial = 3});
  const SpineForm newborn =
      draw_spine_form(parameters, {.seed = 1}, {.serial = 3, .newborn = true});
  double log_ratio = 0;
  const std::vector<SpineForm> transient = many_forms(parameters, true);
  const std::vector<SpineForm> persistent = many_forms(parameters, false);
  for (std::size_t i = 0; i < transient.size(); ++i) {
    log_ratio += std::log(transient[i].head_diameter_um / persistent[i].head_diameter_um);
  }

  EXPECT_NEAR(newborn.head_diameter_um, 0.8 * grown.head_diameter_um, 1e-12);
  EXPECT_NEAR(std::exp(log_ratio / 20000), 0.75, 0.01);
}

PhantomParameters on_days(std::vector<double> days) {
  PhantomParameters parameters;
  parameters.design.session_days = std::move(days);
  return parameters;
}

TEST(HeadGrowth, has_the_specified_spread_and_memory) {
  const PhantomParameters parameters = on_days({-1, 6});
  double sum_of_squares = 0;
  double product = 0;
  constexpr int num_spines = 5000;
  for (std::uint64_t serial = 0; serial < num_spines; ++serial) {
    const std::vector<double> growth =
        draw_head_growth(parameters, {.seed = 1}, {.serial = serial}, false);
    sum_of_squares += std::log(growth[1]) * std::log(growth[1]);
    product += std::log(growth[0]) * std::log(growth[1]);
  }

  EXPECT_NEAR(std::sqrt(sum_of_squares / num_spines), 0.15, 0.01);
  EXPECT_NEAR(product / sum_of_squares, std::exp(-1.0), 0.06);
}

TEST(HeadGrowth, treatment_enlarges_heads_and_its_effect_decays) {
  PhantomParameters parameters = on_days({-1, 0, 1, 6});
  parameters.turnover.treatment_head_log_gain = 0.06f;

  const std::vector<double> treated = draw_head_growth(parameters, {}, {}, true);
  const std::vector<double> control = draw_head_growth(parameters, {}, {}, false);

  EXPECT_EQ(treated[0], control[0]);
  EXPECT_EQ(treated[1], control[1]);
  EXPECT_NEAR(std::log(treated[2] / control[2]), 0.06 * std::exp(-1.0 / 5), 1e-8);
  EXPECT_NEAR(std::log(treated[3] / control[3]), 0.06 * std::exp(-6.0 / 5), 1e-8);
}

TEST(HeadGrowth, is_none_when_frozen) {
  PhantomParameters parameters = on_days({-1, 1, 9});
  parameters.turnover.frozen = true;
  parameters.turnover.treatment_head_log_gain = 0.06f;

  EXPECT_EQ(draw_head_growth(parameters, {}, {}, true), std::vector<double>({1, 1, 1}));
}

TEST(HeadGrowth, of_earlier_sessions_is_kept_in_a_longer_study) {
  const std::vector<double> brief = draw_head_growth(on_days({-1, 1}), {}, {.serial = 4}, true);
  const std::vector<double> extended =
      draw_head_growth(on_days({-1, 1, 9}), {}, {.serial = 4}, true);

  EXPECT_EQ(extended[0], brief[0]);
  EXPECT_EQ(extended[1], brief[1]);
}

TEST(GrowHeads, changes_heads_but_no_filopodia_and_no_neck_length) {
  const SpineForm form{.head_diameter_um = 0.5,
                       .neck_length_um = 0.6,
                       .neck_diameter_um = 0.44,
                       .second_diameter_um = 0.3};
  const SpineForm filopodium{
      .head_diameter_um = 0.3, .neck_length_um = 2, .neck_diameter_um = 0.3, .filopodium = true};

  const SpineForm smaller = grow_heads(form, 0.8);

  EXPECT_NEAR(smaller.head_diameter_um, 0.4, 1e-12);
  EXPECT_NEAR(smaller.second_diameter_um, 0.24, 1e-12);
  EXPECT_NEAR(smaller.neck_diameter_um, 0.36, 1e-12);
  EXPECT_EQ(smaller.neck_length_um, 0.6);
  EXPECT_EQ(grow_heads(filopodium, 2).head_diameter_um, 0.3);
}

TEST(SpineVolume, is_that_of_heads_and_neck) {
  constexpr double pi = std::numbers::pi;
  const SpineForm single{.head_diameter_um = 0.6, .neck_length_um = 1, .neck_diameter_um = 0.2};
  SpineForm branched = single;
  branched.second_diameter_um = 0.3;

  EXPECT_NEAR(spine_volume_um3(single), pi / 6 * 0.216 + pi / 4 * 0.04, 1e-12);
  EXPECT_NEAR(spine_volume_um3(branched), pi / 6 * (0.216 + 0.027) + 1.5 * pi / 4 * 0.04, 1e-12);
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

TEST(ShapeSpine, arms_of_a_branched_spine_part_half_way_along_the_neck) {
  constexpr double angle = 0.6;
  const SpineForm form{.azimuth_rad = std::numbers::pi / 2,
                       .head_diameter_um = 0.5,
                       .neck_length_um = 0.6,
                       .second_diameter_um = 0.4,
                       .second_angle_rad = angle};

  const SpineShape shape = shape_spine(straight_path(), 3.0, form);

  EXPECT_NEAR(distance_um(shape.fork, {5, 2 + 0.4 + 0.3, 3}), 0, 1e-9);
  EXPECT_NEAR(distance_um(shape.head, {5, 2 + 0.4 + 0.6 + 0.25, 3}), 0, 1e-9);
  EXPECT_NEAR(
      distance_um(shape.second_head, {5, 2.7 + 0.5 * std::cos(angle), 3 + 0.5 * std::sin(angle)}),
      0, 1e-9);
}

}  // namespace
}  // namespace bramble
