#include "pipeline/phantom/retraction.hpp"

#include "pipeline/phantom/anatomy.hpp"
#include "pipeline/phantom/tissue_region.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

PhantomParameters retracting() {
  PhantomParameters parameters;
  parameters.dendrites.retraction_frac = 1;
  parameters.dendrites.branching_frac = 1;
  return parameters;
}

double num_inside(const DendritePath& path, const PhantomDesign& design) {
  double number = 0;
  for (const Position& node : path.nodes) {
    number += imaged_box(design).contains(node);
  }
  return number;
}

TEST(Retraction, none_without_it_or_before_the_treatment) {
  const std::vector<DendritePath> dendrites = grow_dendrites(retracting(), {});
  const std::size_t num_nodes = dendrites[0].nodes.size();

  EXPECT_EQ(kept_nodes({}, {}, dendrites, 0, 3).end, num_nodes);
  EXPECT_EQ(kept_nodes({}, {}, dendrites, 0, 3).first, 0u);
  EXPECT_EQ(kept_nodes(retracting(), {}, dendrites, 0, 1).end, num_nodes);
  EXPECT_EQ(kept_nodes(retracting(), {}, dendrites, 0, 1).first, 0u);
}

TEST(Retraction, takes_15_to_50_percent_of_what_is_seen_and_no_branch_point) {
  const PhantomParameters parameters = retracting();
  int num_near = 0;
  int num_far = 0;
  for (std::uint64_t animal = 0; animal < 60; ++animal) {
    const PhantomField field{.animal = animal};
    const std::vector<DendritePath> dendrites = grow_dendrites(parameters, field);
    for (std::size_t i = 0; i < dendrites.size(); ++i) {
      const double before = num_inside(dendrites[i], parameters.design);
      if (before < 50) {
        continue;
      }
      const NodeRange kept = kept_nodes(parameters, field, dendrites, i, 2);
      const DendritePath rest = cut_path(dendrites[i], kept);

      const double lost_frac = 1 - num_inside(rest, parameters.design) / before;
      EXPECT_GT(lost_frac, 0.1);
      EXPECT_LE(lost_frac, 0.51);
      num_near += kept.first > 0;
      num_far += kept.end < dendrites[i].nodes.size();
      EXPECT_TRUE(dendrites[i].parent < 0 || kept.first == 0);
      EXPECT_TRUE(
          dendrites[i].parent < 0 ||
          kept_nodes(parameters, field, dendrites, static_cast<std::size_t>(dendrites[i].parent), 2)
              .contains(static_cast<std::size_t>(dendrites[i].parent_node)));
    }
  }

  EXPECT_GT(num_near, 10);
  EXPECT_GT(num_far, 10);
}

TEST(Retraction, is_the_same_in_all_later_sessions_and_in_both_groups) {
  const std::vector<DendritePath> dendrites = grow_dendrites(retracting(), {});

  const NodeRange first = kept_nodes(retracting(), {}, dendrites, 0, 2);
  const NodeRange second = kept_nodes(retracting(), {.treated = true}, dendrites, 0, 3);

  EXPECT_EQ(first.first, second.first);
  EXPECT_EQ(first.end, second.end);
}

TEST(Retraction, strikes_the_given_part_of_the_dendrites) {
  PhantomParameters parameters;
  parameters.dendrites.retraction_frac = 0.3f;
  parameters.dendrites.mean_number = 1;
  parameters.dendrites.branching_frac = 0;
  double num_struck = 0;
  for (std::uint64_t animal = 0; animal < 300; ++animal) {
    const PhantomField field{.animal = animal};
    const std::vector<DendritePath> dendrites = grow_dendrites(parameters, field);
    const NodeRange kept = kept_nodes(parameters, field, dendrites, 0, 2);
    num_struck += kept.end - kept.first < dendrites[0].nodes.size();
  }

  EXPECT_NEAR(num_struck / 300, 0.3, 0.08);  // three standard errors
}

TEST(CutPath, keeps_nodes_and_radii_of_the_range) {
  const DendritePath path{.nodes = {{0, 0, 0}, {0, 0, 0.1}, {0, 0, 0.2}, {0, 0, 0.3}},
                          .radius_um = {1, 2, 3, 4},
                          .gain = 0.7};

  const DendritePath part = cut_path(path, {.first = 1, .end = 3});

  ASSERT_EQ(part.nodes.size(), 2u);
  EXPECT_EQ(part.nodes[0].x_um, 0.1);
  EXPECT_EQ(part.radius_um, std::vector<double>({2, 3}));
  EXPECT_EQ(part.gain, 0.7);
  EXPECT_EQ(part.first_node, 1);
}

}  // namespace
}  // namespace bramble
