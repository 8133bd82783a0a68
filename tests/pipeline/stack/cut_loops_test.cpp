#include "pipeline/stack/cut_loops.hpp"

#include "pipeline/stack/prune_spurs.hpp"
#include "tests/pipeline/stack/skeleton.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace bramble {
namespace {

// A shaft along row 3 with a way around it above.
const std::vector<std::string> shaft_with_loop{
    "...................",
    "......#####........",
    ".....#.....#.......",
    "###################",
};

// Bright along row 3, dim elsewhere; or the other way round.
Volume<float> smoothed_of(const BitVolume& bits, bool shaft_is_bright) {
  Volume<float> smoothed(MemorySpace::host, bits.extent(), {1, 1, 1});
  for (std::int64_t i = 0; i < smoothed.voxels().size(); ++i) {
    smoothed.voxels()[i] = (smoothed.extent().voxel(i).y == 3) == shaft_is_bright ? 9.0f : 1.0f;
  }
  return smoothed;
}

SkeletonGraph cut(const std::vector<std::string>& rows, bool shaft_is_bright, double max_loop_um) {
  const BitVolume bits = drawn_skeleton(rows);
  const Volume<float> smoothed = smoothed_of(bits, shaft_is_bright);
  return cut_loops(graph_of(bits), smoothed.view(), {.max_loop_um = max_loop_um});
}

bool has_voxel(const SkeletonGraph& graph, Voxel voxel) {
  return std::ranges::any_of(graph.branches, [&](const SkeletonBranch& branch) {
    return std::ranges::find(branch.voxels, voxel) != branch.voxels.end();
  });
}

TEST(CutLoops, the_dimmer_way_goes_and_the_shaft_is_one_branch_when_pruned) {
  const SkeletonGraph graph = cut(shaft_with_loop, true, 30);
  const Volume<float> smoothed = smoothed_of(drawn_skeleton(shaft_with_loop), true);

  EXPECT_FALSE(has_voxel(graph, {0, 1, 8}));
  EXPECT_TRUE(has_voxel(graph, {0, 3, 8}));
  EXPECT_EQ(prune_spurs(graph, smoothed.view(), {.max_spur_length_um = 0}).graph.branches.size(),
            1u);
}

TEST(CutLoops, the_shorter_way_goes_when_it_is_dimmer) {
  const SkeletonGraph graph = cut(shaft_with_loop, false, 30);

  EXPECT_TRUE(has_voxel(graph, {0, 1, 8}));
  EXPECT_FALSE(has_voxel(graph, {0, 3, 8}));
}

TEST(CutLoops, a_long_loop_stays) {
  EXPECT_EQ(cut(shaft_with_loop, true, 5).branches.size(),
            graph_of(drawn_skeleton(shaft_with_loop)).branches.size());
}

TEST(CutLoops, of_many_small_loops_a_tree_is_left_that_is_still_in_one_piece) {
  const SkeletonGraph graph = cut(
      {
          ".###################.",
          "#.....#.......#.....#",
          "#.....#.......#.....#",
          "#.....#.......#.....#",
          "#.....#.......#.....#",
          "#####################",
          "#.....#.......#.....#",
          "#.....#.......#.....#",
          "#.....#.......#.....#",
          "#.....#.......#.....#",
          ".###################.",
      },
      true, 100);

  // One piece without loops has one branch less than it has nodes.
  std::vector<int> piece(graph.nodes.size());
  for (std::size_t i = 0; i < piece.size(); ++i) {
    piece[i] = static_cast<int>(i);
  }
  for (const SkeletonBranch& branch : graph.branches) {
    const int from = piece[static_cast<std::size_t>(branch.node_from)];
    const int to = piece[static_cast<std::size_t>(branch.node_to)];
    EXPECT_NE(from, to) << "a loop is left";
    std::ranges::replace(piece, from, to);
  }
  EXPECT_EQ(graph.branches.size() + 1, graph.nodes.size());
}

TEST(CutLoops, degrees_are_those_of_the_branches_that_are_left) {
  const SkeletonGraph graph = cut(shaft_with_loop, true, 30);
  std::vector<int> degrees(graph.nodes.size(), 0);
  for (const SkeletonBranch& branch : graph.branches) {
    ++degrees[static_cast<std::size_t>(branch.node_from)];
    ++degrees[static_cast<std::size_t>(branch.node_to)];
  }

  for (std::size_t i = 0; i < degrees.size(); ++i) {
    EXPECT_EQ(graph.nodes[i].degree, degrees[i]);
  }
}

}  // namespace
}  // namespace bramble
