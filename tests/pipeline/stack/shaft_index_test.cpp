#include "pipeline/stack/shaft_index.hpp"

#include "kernels/core/error.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

// Along x at the given y, nodes 0.25 um apart.
Dendrite straight(int id, double z_um, double y_um) {
  Dendrite dendrite{.id = id};
  for (int i = 0; i <= 80; ++i) {
    dendrite.nodes.push_back({z_um, y_um, 0.25 * i});
    dendrite.radius_um.push_back(0.3f);
    dendrite.brightness_counts.push_back(100);
  }
  return dendrite;
}

TEST(ShaftIndex, gives_path_side_and_offsets_of_the_nearest_shaft) {
  const std::vector<Dendrite> dendrites{straight(0, 5, 10), straight(1, 5, 14)};
  const ShaftIndex index(dendrites, 4.0);

  const ShaftPoint below = index.locate({6, 11, 5});
  const ShaftPoint above = index.locate({4, 9, 5});

  EXPECT_EQ(below.dendrite, 0);
  EXPECT_NEAR(below.path_um, 5, 1e-9);
  EXPECT_NEAR(std::abs(below.lateral_um), 1, 1e-9);
  EXPECT_NEAR(below.axial_um, 1, 1e-9);
  EXPECT_NEAR(below.margin_um, std::hypot(3, 0.25) - std::hypot(1, 0.25), 1e-9);
  // Left of +x in an image with y down is -y.
  EXPECT_LT(below.lateral_um, 0);
  EXPECT_GT(above.lateral_um, 0);
}

TEST(ShaftIndex, point_out_of_reach_has_no_shaft) {
  const std::vector<Dendrite> dendrites{straight(0, 5, 10)};
  const ShaftIndex index(dendrites, 2.0);

  EXPECT_EQ(index.locate({5, 13, 5}).dendrite, -1);
  EXPECT_EQ(index.locate({5, 500, 5}).dendrite, -1);
}

TEST(ShaftIndex, no_dendrites_is_no_shaft) {
  const std::vector<Dendrite> none;

  EXPECT_EQ(ShaftIndex(none, 2.0).locate({0, 0, 0}).dendrite, -1);
}

}  // namespace
}  // namespace bramble
