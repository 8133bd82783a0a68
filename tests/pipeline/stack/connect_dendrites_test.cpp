#include "pipeline/stack/connect_dendrites.hpp"

#include "kernels/core/error.hpp"
#include "pipeline/records/flags.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace bramble {
namespace {

// Shafts through corners, with a point every um and the same points as nodes.
class Drawing {
 public:
  void add(const std::vector<Position>& corners) {
    ShaftPath& shaft = shafts_.emplace_back();
    shaft.points.push_back(corners.front());
    for (std::size_t i = 1; i < corners.size(); ++i) {
      const int steps = static_cast<int>(distance_um(corners[i - 1], corners[i]));
      for (int step = 1; step <= steps; ++step) {
        shaft.points.push_back(corners[i - 1] +
                               (corners[i] - corners[i - 1]) * (static_cast<double>(step) / steps));
      }
    }
  }

  std::vector<Dendrite> connected() const {
    std::vector<TracedDendrite> traced;
    for (const ShaftPath& shaft : shafts_) {
      TracedDendrite& each = traced.emplace_back();
      each.dendrite.nodes = shaft.points;
      for (std::size_t i = 0; i < shaft.points.size(); ++i) {
        each.dendrite.radius_um.push_back(static_cast<float>(i));
        each.dendrite.brightness_counts.push_back(static_cast<float>(i));
      }
      each.shaft = &shaft;
    }
    return connect_dendrites(std::move(traced));
  }

  void turn_order() { std::reverse(shafts_.begin(), shafts_.end()); }

 private:
  std::vector<ShaftPath> shafts_;
};

TEST(ConnectDendrites, ids_go_by_the_middle_of_the_path_and_not_by_length_or_order) {
  Drawing drawing;
  drawing.add({{0, 30, 0}, {0, 30, 60}});
  drawing.add({{0, 10, 40}, {0, 10, 20}});
  drawing.add({{0, 10, 5}, {0, 10, 17}});

  const std::vector<Dendrite> dendrites = drawing.connected();
  drawing.turn_order();
  const std::vector<Dendrite> again = drawing.connected();

  ASSERT_EQ(dendrites.size(), 3u);
  EXPECT_EQ(dendrites[0].nodes.front(), (Position{0, 10, 5}));
  EXPECT_EQ(dendrites[1].nodes.front(), (Position{0, 10, 20}));
  EXPECT_EQ(dendrites[2].nodes.front(), (Position{0, 30, 0}));
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(dendrites[static_cast<std::size_t>(i)].id, i);
    EXPECT_EQ(dendrites[static_cast<std::size_t>(i)].nodes,
              again[static_cast<std::size_t>(i)].nodes);
    EXPECT_EQ(dendrites[static_cast<std::size_t>(i)].branch_order, 1);
  }
}

TEST(ConnectDendrites, what_is_measured_per_node_turns_with_the_nodes) {
  Drawing drawing;
  drawing.add({{0, 10, 14}, {0, 10, 2}});

  const Dendrite dendrite = drawing.connected().at(0);

  EXPECT_EQ(dendrite.nodes.front(), (Position{0, 10, 2}));
  EXPECT_EQ(dendrite.radius_um.front(), 12);
  EXPECT_EQ(dendrite.brightness_counts.front(), 12);
}

TEST(ConnectDendrites, branches_begin_at_their_parents_whatever_is_longer) {
  Drawing drawing;
  drawing.add({{0, 20, 0}, {0, 20, 20}});   // trunk
  drawing.add({{0, 60, 10}, {0, 20, 10}});  // longer than the trunk, drawn towards it
  drawing.add({{0, 40, 10}, {0, 40, 22}});  // off the branch

  const std::vector<Dendrite> dendrites = drawing.connected();

  const Dendrite& trunk = dendrites.at(0);
  const Dendrite& branch = dendrites.at(1);
  const Dendrite& twig = dendrites.at(2);
  EXPECT_EQ(trunk.parent_dendrite, -1);
  EXPECT_EQ(branch.parent_dendrite, 0);
  EXPECT_EQ(branch.parent_node, 10);
  EXPECT_EQ(branch.nodes.front(), (Position{0, 20, 10}));
  EXPECT_EQ(twig.parent_dendrite, 1);
  EXPECT_EQ(twig.parent_node, 20);
  EXPECT_EQ(trunk.branch_order, 1);
  EXPECT_EQ(branch.branch_order, 2);
  EXPECT_EQ(twig.branch_order, 3);
  EXPECT_FALSE(has_flag(branch.flags, "loop"));
}

TEST(ConnectDendrites, branch_may_have_a_lower_id_than_its_parent) {
  Drawing drawing;
  drawing.add({{0, 20, 0}, {0, 20, 20}});
  drawing.add({{0, 20, 10}, {0, 2, 10}});

  const std::vector<Dendrite> dendrites = drawing.connected();

  EXPECT_EQ(dendrites.at(0).parent_dendrite, 1);
  EXPECT_EQ(dendrites.at(0).nodes.front(), (Position{0, 20, 10}));
}

TEST(ConnectDendrites, bridge_between_two_dendrites_is_no_loop_and_a_second_one_is) {
  Drawing drawing;
  drawing.add({{0, 0, 0}, {0, 0, 30}});
  drawing.add({{0, 30, 0}, {0, 30, 30}});
  drawing.add({{0, 0, 5}, {0, 30, 5}});
  const std::vector<Dendrite> one = drawing.connected();
  drawing.add({{0, 0, 25}, {0, 30, 25}});
  const std::vector<Dendrite> two = drawing.connected();

  EXPECT_EQ(one.at(1).parent_dendrite, 0);
  EXPECT_EQ(one.at(1).end_dendrite, 2);
  EXPECT_EQ(one.at(1).end_node, 5);
  EXPECT_FALSE(has_flag(one.at(1).flags, "loop"));
  EXPECT_FALSE(has_flag(two.at(1).flags, "loop"));
  EXPECT_TRUE(has_flag(two.at(2).flags, "loop"));
  EXPECT_EQ(two.at(2).end_dendrite, 3);
}

TEST(ConnectDendrites, two_that_end_on_each_other_are_one_parent_and_one_loop) {
  Drawing drawing;
  drawing.add({{0, 10, 0}, {0, 10, 20}, {0, 20, 20}});   // ends on the second
  drawing.add({{0, 20, 30}, {0, 20, 10}, {0, 10, 10}});  // ends on the first

  const std::vector<Dendrite> dendrites = drawing.connected();

  const int num_parents =
      static_cast<int>(std::count_if(dendrites.begin(), dendrites.end(),
                                     [](const Dendrite& d) { return d.parent_dendrite >= 0; }));
  const int num_loops =
      static_cast<int>(std::count_if(dendrites.begin(), dendrites.end(), [](const Dendrite& d) {
        return d.end_dendrite >= 0 && has_flag(d.flags, "loop");
      }));
  EXPECT_EQ(num_parents, 1);
  EXPECT_EQ(num_loops, 1);
}

TEST(ConnectDendrites, ring_is_a_loop) {
  Drawing drawing;
  drawing.add({{0, 10, 10}, {0, 10, 20}, {0, 20, 20}, {0, 10, 10}});

  EXPECT_TRUE(has_flag(drawing.connected().at(0).flags, "loop"));
}

TEST(ConnectDendrites, three_ends_at_one_place_share_one_host) {
  Drawing drawing;
  drawing.add({{0, 20, 20}, {0, 5, 20}});
  drawing.add({{0, 20, 20}, {0, 30, 30}});
  drawing.add({{0, 20, 20}, {0, 30, 10}});

  const std::vector<Dendrite> dendrites = drawing.connected();

  EXPECT_EQ(std::count_if(dendrites.begin(), dendrites.end(),
                          [](const Dendrite& d) { return d.parent_dendrite >= 0; }),
            2);
  for (const Dendrite& dendrite : dendrites) {
    EXPECT_EQ(dendrite.end_dendrite, -1);
    EXPECT_FALSE(has_flag(dendrite.flags, "loop"));
  }
}

TEST(ConnectDendrites, nothing_gives_nothing_and_a_missing_shaft_is_refused) {
  EXPECT_TRUE(connect_dendrites({}).empty());
  EXPECT_THROW(connect_dendrites(std::vector<TracedDendrite>(1)), InvalidArgument);
}

}  // namespace
}  // namespace bramble
