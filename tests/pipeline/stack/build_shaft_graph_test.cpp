#include "pipeline/stack/build_shaft_graph.hpp"

#include "kernels/core/error.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace bramble {
namespace {

// Along x or y, a node every um; the radius is the id + 1.
Dendrite line(int id, Position from, Position step, int num_nodes) {
  Dendrite dendrite;
  dendrite.id = id;
  for (int i = 0; i < num_nodes; ++i) {
    dendrite.nodes.push_back(from + step * i);
  }
  dendrite.radius_um.assign(dendrite.nodes.size(), static_cast<float>(id + 1));
  return dendrite;
}

std::vector<int> degrees(const ShaftGraph& graph) {
  std::vector<int> degrees;
  for (const ShaftGraphNode& node : graph.nodes) {
    degrees.push_back(node.degree);
  }
  std::sort(degrees.begin(), degrees.end());
  return degrees;
}

double length_um(const ShaftGraph& graph) {
  double sum = 0;
  for (const ShaftGraphEdge& edge : graph.edges) {
    sum += edge.length_um;
  }
  return sum;
}

int num_loops(const ShaftGraph& graph) {
  return static_cast<int>(
      std::count_if(graph.edges.begin(), graph.edges.end(),
                    [](const ShaftGraphEdge& edge) { return edge.flags == "closes_loop"; }));
}

TEST(ShaftGraph, branch_cuts_its_parent_in_two_edges) {
  std::vector<Dendrite> dendrites{line(0, {0, 0, 0}, {0, 0, 1}, 21),
                                  line(1, {0, 0.2, 8}, {0, 1, 0}, 11)};
  dendrites[1].parent_dendrite = 0;
  dendrites[1].parent_node = 8;

  const ShaftGraph graph = build_shaft_graph(dendrites);

  EXPECT_EQ(degrees(graph), (std::vector<int>{1, 1, 1, 3}));
  ASSERT_EQ(graph.edges.size(), 3u);
  EXPECT_EQ(graph.edges[0].length_um, 8);
  EXPECT_EQ(graph.edges[1].length_um, 12);
  EXPECT_EQ(graph.edges[1].first_node, 8);
  EXPECT_EQ(graph.edges[1].last_node, 20);
  EXPECT_EQ(graph.edges[2].dendrite, 1);
  EXPECT_EQ(num_loops(graph), 0);
  const auto joint = std::find_if(graph.nodes.begin(), graph.nodes.end(),
                                  [](const ShaftGraphNode& node) { return node.degree == 3; });
  EXPECT_EQ(joint->position, (Position{0, 0, 8}));
  EXPECT_EQ(joint->radius_um, 1);
}

TEST(ShaftGraph, node_lies_where_the_host_passes_even_when_the_branch_comes_first) {
  std::vector<Dendrite> dendrites{line(0, {0, 0.3, 8}, {0, -1, 0}, 11),
                                  line(1, {0, 0, 0}, {0, 0, 1}, 21)};
  dendrites[0].parent_dendrite = 1;
  dendrites[0].parent_node = 8;

  const ShaftGraph graph = build_shaft_graph(dendrites);

  EXPECT_EQ(graph.nodes.at(0).position, (Position{0, 0, 8}));
  EXPECT_EQ(graph.nodes.at(0).radius_um, 2);
  EXPECT_EQ(graph.nodes.at(0).degree, 3);
}

TEST(ShaftGraph, second_bridge_closes_a_loop_and_lengths_are_kept) {
  std::vector<Dendrite> dendrites{
      line(0, {0, 0, 0}, {0, 0, 1}, 21), line(1, {0, 0, 5}, {0, 1, 0}, 11),
      line(2, {0, 0, 15}, {0, 1, 0}, 11), line(3, {0, 10, 0}, {0, 0, 1}, 21)};
  for (const int bridge : {1, 2}) {
    dendrites[static_cast<std::size_t>(bridge)].parent_dendrite = 0;
    dendrites[static_cast<std::size_t>(bridge)].parent_node = bridge == 1 ? 5 : 15;
    dendrites[static_cast<std::size_t>(bridge)].end_dendrite = 3;
    dendrites[static_cast<std::size_t>(bridge)].end_node = bridge == 1 ? 5 : 15;
  }

  const ShaftGraph graph = build_shaft_graph(dendrites);

  EXPECT_EQ(degrees(graph), (std::vector<int>{1, 1, 1, 1, 3, 3, 3, 3}));
  EXPECT_EQ(graph.edges.size(), 8u);
  EXPECT_EQ(num_loops(graph), 1);
  EXPECT_NEAR(length_um(graph), 60, 1e-12);
}

TEST(ShaftGraph, ring_is_one_edge_from_a_node_to_itself) {
  Dendrite ring = line(0, {0, 0, 0}, {0, 0, 1}, 4);
  ring.nodes.push_back({0, 3, 0});
  ring.nodes.push_back({0, 0, 0});
  ring.radius_um.assign(6, 1.0f);

  const ShaftGraph graph = build_shaft_graph({ring});

  EXPECT_EQ(degrees(graph), (std::vector<int>{2}));
  ASSERT_EQ(graph.edges.size(), 1u);
  EXPECT_EQ(graph.edges[0].from, graph.edges[0].to);
  EXPECT_EQ(num_loops(graph), 1);
}

TEST(ShaftGraph, no_dendrites_no_graph_and_ids_out_of_order_are_refused) {
  EXPECT_TRUE(build_shaft_graph({}).nodes.empty());
  EXPECT_THROW(build_shaft_graph({line(1, {0, 0, 0}, {0, 0, 1}, 3)}), InvalidArgument);
}

}  // namespace
}  // namespace bramble
