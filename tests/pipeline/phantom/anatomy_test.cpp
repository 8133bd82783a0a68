#include "pipeline/phantom/anatomy.hpp"

#include "pipeline/phantom/tissue_region.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace bramble {
namespace {

using Dendrites = std::vector<DendritePath>;

std::vector<Dendrites> fields_of(const PhantomParameters& parameters, std::uint64_t num_fields) {
  std::vector<Dendrites> fields;
  for (std::uint64_t animal = 0; animal < num_fields; ++animal) {
    fields.push_back(grow_dendrites(parameters, {.animal = animal}));
  }
  return fields;
}

// With the default parameters; grown once.
const std::vector<Dendrites>& many_fields() {
  static const std::vector<Dendrites> fields = fields_of({}, 150);
  return fields;
}

std::size_t count_trunks(const Dendrites& dendrites) {
  return static_cast<std::size_t>(
      std::count_if(dendrites.begin(), dendrites.end(),
                    [](const DendritePath& dendrite) { return dendrite.parent < 0; }));
}

double mean_trunks(const std::vector<Dendrites>& fields) {
  double sum = 0;
  for (const Dendrites& dendrites : fields) {
    sum += static_cast<double>(count_trunks(dendrites));
  }
  return sum / static_cast<double>(fields.size());
}

TEST(Anatomy, default_field_has_one_and_a_poisson_number_of_other_dendrites) {
  // Probabilities of 0, 1, 2 and, as 4 is the most, of 3 and more others.
  const double expected = 1 * 0.223 + 2 * 0.335 + 3 * 0.251 + 4 * 0.191;

  // The standard error of 150 fields is 0.085.
  EXPECT_NEAR(mean_trunks(many_fields()), expected, 0.2);
}

TEST(Anatomy, number_is_capped) {
  PhantomParameters many;
  many.design.extent = {24, 512, 512};
  many.dendrites.mean_number = 20;

  for (const Dendrites& dendrites : fields_of(many, 20)) {
    EXPECT_LE(count_trunks(dendrites), 4u);
  }
  EXPECT_GT(mean_trunks(fields_of(many, 20)), 3.5);
}

TEST(Anatomy, mean_number_of_one_gives_one) {
  PhantomParameters parameters;
  parameters.dendrites.mean_number = 1;

  EXPECT_EQ(mean_trunks(fields_of(parameters, 30)), 1);
}

TEST(Anatomy, dendrites_start_in_the_middle_and_leave_the_tissue_at_both_ends) {
  const PhantomParameters parameters;
  const TissueBox imaged = imaged_box(parameters.design);
  const TissueBox tissue = tissue_box(parameters);
  const Position margin = imaged.size() * 0.2;
  const TissueBox middle{imaged.low + margin, imaged.high - margin};
  for (const Dendrites& dendrites : many_fields()) {
    for (const DendritePath& dendrite : dendrites) {
      const std::vector<Position>& nodes = dendrite.nodes;
      EXPECT_TRUE(dendrite.parent >= 0 || std::any_of(nodes.begin(), nodes.end(), [&](Position p) {
                    return middle.contains_in_plane(p);
                  }));
      const auto near_border = [&](Position p) {
        constexpr Position one_um{0, 1, 1};
        return !TissueBox{tissue.low + one_um, tissue.high - one_um}.contains_in_plane(p);
      };
      EXPECT_TRUE(near_border(nodes.back()));
      EXPECT_EQ(near_border(nodes.front()), dendrite.parent < 0);
    }
  }
}

TEST(Anatomy, dendrites_stay_3_um_from_top_and_bottom) {
  constexpr double overshoot_um = 0.1;  // of the spline at a reflection
  for (const Dendrites& dendrites : many_fields()) {
    for (const DendritePath& dendrite : dendrites) {
      for (const Position& node : dendrite.nodes) {
        ASSERT_GE(node.z_um, 3 - overshoot_um);
        ASSERT_LE(node.z_um, 20 + overshoot_um);
      }
    }
  }
}

TEST(Anatomy, dendrites_of_a_field_keep_4_um_apart) {
  int num_pairs = 0;
  for (const Dendrites& dendrites : many_fields()) {
    for (std::size_t i = 1; i < dendrites.size(); ++i) {
      if (dendrites[i].parent == 0) {
        continue;
      }
      ++num_pairs;
      for (std::size_t a = 0; a < dendrites[0].nodes.size(); a += 7) {
        for (const Position& b : dendrites[i].nodes) {
          ASSERT_GE(distance_um(dendrites[0].nodes[a], b), 4);
        }
      }
    }
  }

  EXPECT_GT(num_pairs, 100);
}

TEST(Anatomy, nodes_lie_at_equal_arc_length) {
  const Dendrites dendrites = grow_dendrites({}, {});
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
  for (const Dendrites& dendrites : many_fields()) {
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

TEST(Anatomy, diameters_and_gains_have_the_given_median_and_spread) {
  PhantomParameters parameters;
  parameters.dendrites.diameter_median_um = 0.9f;
  parameters.dendrites.brightness_log_sd = 0.2f;
  std::vector<double> diameters;
  double sum_of_squares = 0;
  for (const Dendrites& dendrites : fields_of(parameters, 150)) {
    diameters.push_back(2 * dendrites[0].radius_um.front());
    sum_of_squares += std::log(dendrites[0].gain) * std::log(dendrites[0].gain);
  }
  std::nth_element(diameters.begin(), diameters.begin() + 75, diameters.end());

  // The standard error of the median of 150 is 0.9 x 0.27 x 1.25 / sqrt(150) = 0.025.
  EXPECT_NEAR(diameters[75], 0.9, 0.08);
  EXPECT_NEAR(std::sqrt(sum_of_squares / 150), 0.2, 0.04);
}

TEST(Anatomy, three_in_ten_dendrites_branch) {
  double num_trunks = 0;
  double num_branches = 0;
  for (const Dendrites& dendrites : many_fields()) {
    num_trunks += static_cast<double>(count_trunks(dendrites));
    num_branches += static_cast<double>(dendrites.size() - count_trunks(dendrites));
  }

  // A few find no room.
  EXPECT_NEAR(num_branches / num_trunks, 0.29, 0.06);
}

TEST(Anatomy, branch_leaves_its_parent_as_the_specification_says) {
  PhantomParameters parameters;
  parameters.dendrites.branching_frac = 1;
  parameters.dendrites.calibre_log_sd = 0;
  const TissueBox imaged = imaged_box(parameters.design);
  int num_branches = 0;
  for (const Dendrites& dendrites : fields_of(parameters, 150)) {
    for (std::size_t i = count_trunks(dendrites); i < dendrites.size(); ++i) {
      ++num_branches;
      const DendritePath& branch = dendrites[i];
      ASSERT_GE(branch.parent, 0);
      ASSERT_LT(branch.parent, static_cast<int>(i));
      const DendritePath& parent = dendrites[static_cast<std::size_t>(branch.parent)];
      const auto node = static_cast<std::size_t>(branch.parent_node);

      EXPECT_EQ(branch.nodes.front(), parent.nodes[node]);
      EXPECT_TRUE(imaged.contains(parent.nodes[node]));
      EXPECT_NEAR(branch.radius_um.front(), 0.63 * parent.radius_um[node], 1e-9);
      EXPECT_EQ(branch.gain, parent.gain);
      const Position along = point_at(parent, (branch.parent_node + 0.5) * 0.1).tangent;
      const Position away = branch.nodes[2] - branch.nodes[0];
      const double cosine = (along.y_um * away.y_um + along.x_um * away.x_um) /
                            std::hypot(along.y_um, along.x_um) / std::hypot(away.y_um, away.x_um);
      constexpr double bend = 0.2;  // of the worm-like chain within the first spline knots
      EXPECT_LT(cosine, std::cos(0.436 - bend));
      EXPECT_GT(cosine, std::cos(0.873 + bend));
      EXPECT_GT(branch.bare_um, 2 * parent.radius_um[node]);
    }
  }

  EXPECT_GT(num_branches, 150);
}

TEST(Anatomy, thin_stack_is_allowed) {
  PhantomParameters parameters;
  parameters.design.extent = {4, 64, 64};

  EXPECT_GE(grow_dendrites(parameters, {}).size(), 1u);
}

}  // namespace
}  // namespace bramble
