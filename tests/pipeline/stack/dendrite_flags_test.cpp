#include "pipeline/stack/dendrite_flags.hpp"

#include "kernels/core/error.hpp"
#include "pipeline/records/flags.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace bramble {
namespace {

constexpr Extent extent{21, 201, 201};
constexpr Spacing spacing{1.0f, 0.2f, 0.2f};

Dendrite line(int id, Position from, Position to) {
  Dendrite dendrite;
  dendrite.id = id;
  constexpr int steps = 80;
  for (int i = 0; i <= steps; ++i) {
    dendrite.nodes.push_back(from + (to - from) * (static_cast<double>(i) / steps));
  }
  return dendrite;
}

bool leaves(Position from, Position to) {
  return leaves_volume(line(0, from, to), extent, spacing);
}

TEST(LeavesVolume, ends_in_the_middle_do_not) { EXPECT_FALSE(leaves({10, 5, 5}, {10, 30, 30})); }

TEST(LeavesVolume, ends_at_any_side_do) {
  EXPECT_TRUE(leaves({10, 0.9, 20}, {10, 30, 20}));
  EXPECT_TRUE(leaves({10, 5, 20}, {10, 39.1, 20}));
  EXPECT_TRUE(leaves({10, 20, 0.9}, {10, 20, 30}));
  EXPECT_TRUE(leaves({10, 20, 5}, {10, 20, 39.1}));
  EXPECT_TRUE(leaves({0.4, 20, 5}, {10, 20, 30}));
  EXPECT_TRUE(leaves({10, 20, 5}, {19.6, 20, 30}));
}

TEST(LeavesVolume, in_depth_the_way_counts) {
  EXPECT_FALSE(leaves({0.6, 20, 5}, {0.6, 20, 30}));
  EXPECT_TRUE(leaves({0.6, 20, 5}, {6, 20, 11}));
  EXPECT_FALSE(leaves({2, 20, 5}, {8, 20, 11}));
}

TEST(LeavesVolume, depth_of_a_picture_says_nothing) {
  EXPECT_FALSE(leaves_volume(line(0, {0, 5, 5}, {0, 30, 30}), {1, 201, 201}, spacing));
}

std::vector<double> wave(double middle, double share, double period_um) {
  std::vector<double> values;
  for (int i = 0; i < 120; ++i) {
    values.push_back(middle * (1 + share * std::sin(2 * 3.14159265 * 0.25 * i / period_um)));
  }
  return values;
}

TEST(Beaded, diameter_and_brightness_that_vary_together) {
  EXPECT_TRUE(is_beaded(wave(0.8, 0.6, 4), wave(100, 0.5, 4), 0.25));
  EXPECT_FALSE(is_beaded(wave(0.8, 0.3, 4), wave(100, 0.5, 4), 0.25));
  EXPECT_FALSE(is_beaded(wave(0.8, 0.6, 4), wave(100, 0, 4), 0.25));
}

TEST(Beaded, noise_of_widths_and_slow_shadows_are_no_beads) {
  std::mt19937 generator(2);
  std::normal_distribution<double> normal;
  std::vector<double> widths;
  std::vector<double> brightness;
  for (int i = 0; i < 160; ++i) {
    widths.push_back(std::max(0.2, 0.5 + 0.3 * normal(generator)));
    brightness.push_back(100 + 10 * normal(generator) + 40 * std::sin(0.03 * i));
  }

  EXPECT_FALSE(is_beaded(widths, brightness, 0.25));
}

TEST(Beaded, short_stretches_are_not_judged) {
  std::vector<double> diameter = wave(0.8, 0.6, 4);
  std::vector<double> brightness = wave(100, 0.5, 4);
  diameter.resize(36);
  brightness.resize(36);

  EXPECT_FALSE(is_beaded(diameter, brightness, 0.25));
  EXPECT_THROW(is_beaded(diameter, {1.0}, 0.25), InvalidArgument);
}

std::vector<bool> crossings(std::vector<Dendrite> dendrites) {
  flag_crossings(dendrites);
  std::vector<bool> flagged;
  for (const Dendrite& dendrite : dendrites) {
    flagged.push_back(has_flag(dendrite.flags, "crossing"));
  }
  return flagged;
}

TEST(Crossing, both_that_cross_are_flagged_and_a_third_is_not) {
  EXPECT_EQ(crossings({line(0, {10, 5, 20}, {10, 35, 20}), line(1, {11, 20, 5}, {11, 20, 35}),
                       line(2, {10, 5, 30}, {10, 15, 30})}),
            (std::vector<bool>{true, true, false}));
}

TEST(Crossing, far_above_each_other_they_do_not) {
  EXPECT_EQ(crossings({line(0, {10, 5, 20}, {10, 35, 20}), line(1, {13, 20, 5}, {13, 20, 35})}),
            (std::vector<bool>{false, false}));
}

TEST(Crossing, branch_does_not_cross_its_parent_where_it_begins) {
  std::vector<Dendrite> dendrites{line(0, {10, 5, 20}, {10, 35, 20}),
                                  line(1, {10, 20, 20}, {10, 20, 35})};
  dendrites[1].parent_dendrite = 0;
  dendrites[1].parent_node = 40;

  EXPECT_EQ(crossings(dendrites), (std::vector<bool>{false, false}));
}

TEST(Crossing, branch_that_comes_back_to_its_parent_crosses_it) {
  std::vector<Dendrite> dendrites{line(0, {10, 5, 20}, {10, 35, 20}),
                                  line(1, {10, 20, 20}, {10, 20, 30})};
  const Dendrite back = line(1, {10, 20, 30}, {10, 32, 18});
  dendrites[1].nodes.insert(dendrites[1].nodes.end(), back.nodes.begin() + 1, back.nodes.end());
  dendrites[1].parent_dendrite = 0;
  dendrites[1].parent_node = 40;

  EXPECT_EQ(crossings(dendrites), (std::vector<bool>{true, true}));
}

}  // namespace
}  // namespace bramble
