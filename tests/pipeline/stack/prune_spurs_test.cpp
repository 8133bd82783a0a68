#include "pipeline/stack/prune_spurs.hpp"

#include "pipeline/stack/join_branches.hpp"
#include "tests/pipeline/stack/skeleton.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

// A shaft along x with one short branch up at x = 6, drawn with unit spacing.
const std::vector<std::string> shaft_with_spur{
    ".................", "......#..........", "......#..........",
    "......#..........", "#################",
};

PrunedGraph pruned_drawing(const std::vector<std::string>& rows, const PruneParams& params) {
  const BitVolume bits = drawn_skeleton(rows);
  const Volume<float> smoothed = evenly_bright(bits.extent());
  return prune_spurs(graph_of(bits), smoothed.view(), params);
}

TEST(PruneSpurs, short_end_branch_becomes_a_spur_and_the_shaft_one_branch) {
  const PrunedGraph pruned =
      pruned_drawing(shaft_with_spur, {.max_spur_length_um = 4.5, .max_noise_loop_um = 0});

  ASSERT_EQ(pruned.spurs.size(), 1u);
  EXPECT_EQ(pruned.spurs[0].tip, (Position{0, 1, 6}));
  EXPECT_NEAR(pruned.spurs[0].base.x_um, 6, 1);
  ASSERT_EQ(pruned.graph.branches.size(), 1u);
  EXPECT_NEAR(voxel_path_length_um({{0, 4, 0}, {0, 4, 16}}, 1), 16, 1e-9);
}

TEST(PruneSpurs, long_end_branch_stays) {
  const PrunedGraph pruned =
      pruned_drawing(shaft_with_spur, {.max_spur_length_um = 2.0, .max_noise_loop_um = 0});

  EXPECT_TRUE(pruned.spurs.empty());
  EXPECT_EQ(pruned.graph.branches.size(), 3u);
}

TEST(PruneSpurs, shaft_end_beyond_the_last_spur_is_not_taken_for_one) {
  // The end piece right of x = 14 is shorter than the limit, but the spur there is shorter still
  // and goes first.
  const PrunedGraph pruned = pruned_drawing(
      {
          "..............#..",
          "..............#..",
          "#################",
      },
      {.max_spur_length_um = 4.0, .max_noise_loop_um = 0});

  ASSERT_EQ(pruned.spurs.size(), 1u);
  EXPECT_EQ(pruned.spurs[0].tip.y_um, 0);
  ASSERT_EQ(pruned.graph.branches.size(), 1u);
  EXPECT_EQ(pruned.graph.branches[0].voxels.back().x, 16);
}

TEST(PruneSpurs, last_piece_of_a_bright_shaft_stays_and_a_longer_dim_branch_goes) {
  // Right of x = 12 the shaft goes on for 4 um; the dim branch up there is 6 um long.
  const BitVolume bits = drawn_skeleton({
      "............#....",
      "............#....",
      "............#....",
      "............#....",
      "............#....",
      "............#....",
      "#################",
  });
  Volume<float> smoothed = evenly_bright(bits.extent());
  for (int y = 0; y < 6; ++y) {
    smoothed.view()(0, y, 12) = 0.1f;
  }

  const PrunedGraph pruned = prune_spurs(graph_of(bits), std::as_const(smoothed).view(),
                                         {.max_spur_length_um = 5, .max_noise_loop_um = 0});

  ASSERT_EQ(pruned.graph.branches.size(), 1u);
  EXPECT_EQ(pruned.graph.branches[0].voxels.back().y, 6);
  EXPECT_EQ(pruned.graph.branches[0].voxels.back().x, 16);
}

TEST(PruneSpurs, free_short_line_is_no_spur) {
  const PrunedGraph pruned =
      pruned_drawing({"###"}, {.max_spur_length_um = 10, .max_noise_loop_um = 0});

  EXPECT_TRUE(pruned.spurs.empty());
  EXPECT_EQ(pruned.graph.branches.size(), 1u);
}

TEST(JoinBranches, shaft_runs_straight_on_through_a_branch_point) {
  const SkeletonGraph graph = graph_of(drawn_skeleton({
      "................#....",
      "...............#.....",
      "..............#......",
      ".............#.......",
      "............#........",
      "...........#.........",
      "#####################",
  }));

  const std::vector<ShaftPath> paths =
      join_branches(graph, {1, 1, 1}, {.direction_reach_um = 4, .min_length_um = 3});

  ASSERT_EQ(paths.size(), 2u);
  EXPECT_NEAR(paths[0].length_um, 20, 1);
  EXPECT_EQ(paths[0].points.front().y_um, 6);
  EXPECT_EQ(paths[0].points.back().y_um, 6);
  EXPECT_LT(paths[1].length_um, 12);
}

TEST(JoinBranches, short_paths_are_dropped) {
  const SkeletonGraph graph = graph_of(drawn_skeleton({"####......", "..........", "..########"}));

  const std::vector<ShaftPath> paths =
      join_branches(graph, {1, 1, 1}, {.direction_reach_um = 2, .min_length_um = 5});

  ASSERT_EQ(paths.size(), 1u);
  EXPECT_EQ(paths[0].points.front().y_um, 2);
}

TEST(JoinBranches, ring_becomes_one_closed_path) {
  const SkeletonGraph graph = graph_of(drawn_skeleton({
      "...####...",
      "..#....#..",
      "..#....#..",
      "...####...",
  }));

  const std::vector<ShaftPath> paths =
      join_branches(graph, {1, 1, 1}, {.direction_reach_um = 2, .min_length_um = 5});

  ASSERT_EQ(paths.size(), 1u);
  EXPECT_EQ(paths[0].points.front(), paths[0].points.back());
}

}  // namespace
}  // namespace bramble
