#include "pipeline/stack/attach_ends.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace bramble {
namespace {

ShaftPath line(Position from, Position to) {
  ShaftPath path;
  for (int i = 0; i <= 40; ++i) {
    path.points.push_back(from + (to - from) * (i / 40.0));
  }
  path.length_um = distance_um(from, to);
  return path;
}

// 10 um high, 30 um long, one slice.
Volume<float> evenly_bright() {
  Volume<float> volume(MemorySpace::host, {1, 100, 300}, {1, 0.1f, 0.1f});
  std::fill(volume.voxels().begin(), volume.voxels().end(), 100.0f);
  return volume;
}

void darken_rows(Volume<float>& volume, int first, int last) {
  for (int y = first; y <= last; ++y) {
    for (int x = 0; x < volume.extent().x; ++x) {
      volume.view()(0, y, x) = 10;
    }
  }
}

const ShaftPath shaft = line({0, 1, 0}, {0, 1, 29});

bool is_on_shaft(Position p) {
  return std::find(shaft.points.begin(), shaft.points.end(), p) != shaft.points.end();
}

TEST(AttachEnds, branch_that_stops_short_of_its_shaft_reaches_it) {
  const Volume<float> volume = evenly_bright();
  std::vector<ShaftPath> paths{shaft, line({0, 4, 14}, {0, 9, 14})};

  attach_ends(paths, volume.view(), {});

  ASSERT_EQ(paths.size(), 2u);
  EXPECT_TRUE(is_on_shaft(paths[1].points.front()));
  EXPECT_NEAR(paths[1].points.front().x_um, 14, 0.8);
  EXPECT_NEAR(paths[1].length_um, 8, 0.2);
  EXPECT_EQ(paths[0].points, shaft.points);
}

TEST(AttachEnds, either_end_may_be_the_one) {
  const Volume<float> volume = evenly_bright();
  std::vector<ShaftPath> paths{shaft, line({0, 9, 14}, {0, 4, 14})};

  attach_ends(paths, volume.view(), {});

  EXPECT_TRUE(is_on_shaft(paths[1].points.back()));
}

TEST(AttachEnds, dark_gap_a_far_end_and_one_that_looks_away_stay_free) {
  Volume<float> dark = evenly_bright();
  darken_rows(dark, 20, 25);
  const Volume<float> bright = evenly_bright();
  const auto attached = [](const Volume<float>& volume, const ShaftPath& branch) {
    std::vector<ShaftPath> paths{shaft, branch};
    attach_ends(paths, volume.view(), {});
    return is_on_shaft(paths[1].points.front()) || is_on_shaft(paths[1].points.back());
  };

  EXPECT_FALSE(attached(dark, line({0, 4, 14}, {0, 9, 14})));
  EXPECT_FALSE(attached(bright, line({0, 6.5, 14}, {0, 9.5, 14})));
  EXPECT_FALSE(attached(bright, line({0, 5.5, 5}, {0, 5.5, 20})));
  EXPECT_TRUE(attached(bright, line({0, 4, 14}, {0, 9, 14})));
}

TEST(AttachEnds, end_that_is_attached_already_stays_where_it_is) {
  const Volume<float> volume = evenly_bright();
  std::vector<ShaftPath> paths{shaft, line(shaft.points[20], {0, 9, 14})};
  const std::vector<Position> before = paths[1].points;

  attach_ends(paths, volume.view(), {});

  EXPECT_EQ(paths[1].points, before);
}

TEST(AttachEnds, shaft_is_not_led_onto_its_branch) {
  const Volume<float> volume = evenly_bright();
  std::vector<ShaftPath> paths{line({0, 5, 0}, {0, 5, 20}), line({0, 1, 22}, {0, 9, 22})};
  const std::vector<Position> before = paths[0].points;

  attach_ends(paths, volume.view(), {});

  EXPECT_EQ(paths[0].points, before);
}

}  // namespace
}  // namespace bramble
