#include "pipeline/phantom/anatomy.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace bramble {
namespace {

std::vector<std::vector<DendritePath>> many_fields(const PhantomParameters& parameters) {
  std::vector<std::vector<DendritePath>> fields;
  for (std::uint64_t animal = 0; animal < 60; ++animal) {
    fields.push_back(grow_dendrites(parameters, {.animal = animal}));
  }
  return fields;
}

TEST(Anatomy, every_field_has_a_dendrite_that_crosses_most_of_the_volume) {
  const PhantomParameters parameters;
  const double width_um = 19.1;
  for (const auto& dendrites : many_fields(parameters)) {
    ASSERT_FALSE(dendrites.empty());
    const auto& nodes = dendrites[0].nodes;
    const auto inside = std::count_if(nodes.begin(), nodes.end(), [&](Position p) {
      return p.y_um >= 0 && p.y_um <= width_um && p.x_um >= 0 && p.x_um <= width_um;
    });

    EXPECT_GE(static_cast<double>(inside) * DendritePath::node_step_um, 0.75 * width_um);
  }
}

TEST(Anatomy, dendrites_stay_3_um_from_top_and_bottom) {
  constexpr double overshoot_um = 0.1;  // of the spline at a reflection
  for (const auto& dendrites : many_fields({})) {
    for (const DendritePath& dendrite : dendrites) {
      for (const Position& node : dendrite.nodes) {
        ASSERT_GE(node.z_um, 3 - overshoot_um);
        ASSERT_LE(node.z_um, 12 + overshoot_um);
      }
    }
  }
}

TEST(Anatomy, dendrites_of_a_field_keep_4_um_apart) {
  int num_pairs = 0;
  for (const auto& dendrites : many_fields({})) {
    for (std::size_t i = 1; i < dendrites.size(); ++i) {
      ++num_pairs;
      for (const Position& a : dendrites[0].nodes) {
        for (const Position& b : dendrites[i].nodes) {
          ASSERT_GT(distance_um(a, b), 3.5);  // checked at every fifth node
        }
      }
    }
  }

  EXPECT_GT(num_pairs, 5);
}

TEST(Anatomy, nodes_lie_at_equal_arc_length) {
  const std::vector<DendritePath> dendrites = grow_dendrites({}, {});
  const auto& nodes = dendrites[0].nodes;
  for (std::size_t i = 1; i < nodes.size(); ++i) {
    ASSERT_NEAR(distance_um(nodes[i - 1], nodes[i]), DendritePath::node_step_um, 1e-3);
  }
}

// A worm-like chain of persistence length L turns by a variance of ds / L over ds. Headings
// averaged over two neighbouring 1 um chords differ by 2/3 of that.
TEST(Anatomy, turns_like_a_worm_like_chain_of_150_um) {
  double sum_of_squares = 0;
  double num_turns = 0;
  for (const auto& dendrites : many_fields({})) {
    const std::vector<Position>& nodes = dendrites[0].nodes;
    for (std::size_t i = 20; i < nodes.size(); i += 10) {
      const Position before = nodes[i - 10] - nodes[i - 20];
      const Position after = nodes[i] - nodes[i - 10];
      const double turn = std::atan2(before.x_um * after.y_um - before.y_um * after.x_um,
                                     before.x_um * after.x_um + before.y_um * after.y_um);
      sum_of_squares += turn * turn;
      ++num_turns;
    }
  }

  EXPECT_NEAR(sum_of_squares / num_turns, 2.0 / 3 / 150, 0.15 * 2.0 / 3 / 150);
}

TEST(Anatomy, diameters_have_the_median_of_0_75_um) {
  std::vector<double> diameters;
  for (const auto& dendrites : many_fields({})) {
    diameters.push_back(2 * dendrites[0].radius_um[dendrites[0].radius_um.size() / 2]);
  }
  std::nth_element(diameters.begin(), diameters.begin() + 30, diameters.end());

  // The standard error of the median of 60 is 0.75 x 0.27 x 1.25 / sqrt(60) = 0.033; the taper
  // takes 2 %.
  EXPECT_NEAR(diameters[30], 0.735, 0.1);
}

TEST(Anatomy, a_large_field_has_more_dendrites_than_a_small_one) {
  PhantomParameters large;
  large.extent = {24, 512, 512};
  std::size_t num_small = 0;
  std::size_t num_large = 0;
  for (std::uint64_t animal = 0; animal < 20; ++animal) {
    num_small += grow_dendrites({}, {.animal = animal}).size();
    num_large += grow_dendrites(large, {.animal = animal}).size();
  }

  EXPECT_GT(num_large, num_small + 10);
}

TEST(Anatomy, thin_stack_is_allowed) {
  PhantomParameters parameters;
  parameters.extent = {4, 64, 64};

  const std::vector<DendritePath> dendrites = grow_dendrites(parameters, {});

  EXPECT_GE(dendrites.size(), 1u);
}

TEST(PointAt, interpolates_and_stops_at_the_ends) {
  const DendritePath path{.nodes = {{0, 0, 0}, {0, 0, 0.1}, {0, 0.1, 0.1}},
                          .radius_um = {0.4, 0.6, 0.6}};

  const PathPoint middle = point_at(path, 0.05);
  const PathPoint before = point_at(path, -1);
  const PathPoint behind = point_at(path, 99);

  EXPECT_NEAR(middle.position.x_um, 0.05, 1e-12);
  EXPECT_NEAR(middle.tangent.x_um, 1, 1e-12);
  EXPECT_NEAR(middle.radius_um, 0.5, 1e-12);
  EXPECT_EQ(before.position, path.nodes.front());
  EXPECT_NEAR(behind.position.y_um, 0.1, 1e-12);
  EXPECT_NEAR(behind.tangent.y_um, 1, 1e-12);
}

}  // namespace
}  // namespace bramble
