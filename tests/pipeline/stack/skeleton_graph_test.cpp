#include "pipeline/stack/skeleton_graph.hpp"

#include "tests/pipeline/stack/skeleton.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

TEST(SkeletonGraph, line_is_one_branch_between_two_ends) {
  const SkeletonGraph graph = graph_of(drawn_skeleton({"......", ".####.", "......"}));

  ASSERT_EQ(graph.nodes.size(), 2u);
  ASSERT_EQ(graph.branches.size(), 1u);
  EXPECT_EQ(graph.branches[0].voxels.size(), 4u);
  EXPECT_EQ(graph.branches[0].voxels.front(), (Voxel{0, 1, 1}));
  EXPECT_EQ(graph.branches[0].voxels.back(), (Voxel{0, 1, 4}));
}

TEST(SkeletonGraph, two_touching_voxels_are_one_branch_without_slab) {
  const SkeletonGraph graph = graph_of(drawn_skeleton({"....", ".##."}));

  ASSERT_EQ(graph.nodes.size(), 2u);
  ASSERT_EQ(graph.branches.size(), 1u);
  EXPECT_EQ(graph.branches[0].voxels.size(), 2u);
}

TEST(SkeletonGraph, lone_voxel_is_a_node_of_degree_zero) {
  const SkeletonGraph graph = graph_of(drawn_skeleton({"...", ".#.", "..."}));

  ASSERT_EQ(graph.nodes.size(), 1u);
  EXPECT_EQ(graph.nodes[0].degree, 0);
  EXPECT_TRUE(graph.branches.empty());
}

TEST(SkeletonGraph, junction_cluster_is_one_node_of_three_branches) {
  const SkeletonGraph graph = graph_of(drawn_skeleton({
      "#.....#",
      ".#...#.",
      "..#.#..",
      "...#...",
      "...#...",
      "...#...",
  }));

  ASSERT_EQ(graph.branches.size(), 3u);
  int ends = 0;
  int junctions = 0;
  for (const SkeletonNode& node : graph.nodes) {
    ends += node.degree == 1 ? 1 : 0;
    junctions += node.degree == 3 ? 1 : 0;
  }
  EXPECT_EQ(ends, 3);
  EXPECT_EQ(junctions, 1);
}

TEST(SkeletonGraph, ring_has_one_node_and_one_branch_back_to_it) {
  const SkeletonGraph graph = graph_of(drawn_skeleton({
      "..##..",
      ".#..#.",
      ".#..#.",
      "..##..",
  }));

  ASSERT_EQ(graph.nodes.size(), 1u);
  ASSERT_EQ(graph.branches.size(), 1u);
  EXPECT_EQ(graph.nodes[0].degree, 2);
  EXPECT_EQ(graph.branches[0].voxels.size(), 9u);
}

TEST(SkeletonGraph, empty_skeleton_gives_an_empty_graph) {
  const SkeletonGraph graph = graph_of(drawn_skeleton({"...", "..."}));

  EXPECT_TRUE(graph.nodes.empty());
  EXPECT_TRUE(graph.branches.empty());
}

TEST(SkeletonGraph, branch_of_two_clusters_on_words_borders_is_whole) {
  std::string row(130, '.');
  std::fill(row.begin() + 60, row.begin() + 70, '#');

  const SkeletonGraph graph = graph_of(drawn_skeleton({row}));

  ASSERT_EQ(graph.branches.size(), 1u);
  EXPECT_EQ(graph.branches[0].voxels.size(), 10u);
}

}  // namespace
}  // namespace bramble
