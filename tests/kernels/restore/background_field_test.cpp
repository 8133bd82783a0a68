#include "kernels/restore/background_field.hpp"

#include "tests/kernels/restore/deconvolution_cases.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

namespace bramble {
namespace {

TEST(BackgroundField, no_nodes_are_no_background_and_one_is_a_constant) {
  const Volume<float> node = constant({1, 1, 1}, 2.5f);

  EXPECT_EQ(BackgroundField{}.at({3, 4, 5}), 0.0f);
  EXPECT_EQ((BackgroundField{node.view(), 8, 8}.at({3, 40, 500})), 2.5f);
}

TEST(BackgroundField, is_linear_between_nodes_and_constant_beyond_them) {
  Volume<float> nodes(MemorySpace::host, {1, 2, 3}, case_spacing);
  const float values[] = {0, 10, 40, 100, 110, 140};
  std::copy_n(values, 6, nodes.voxels().begin());
  const BackgroundField background{std::as_const(nodes).view(), 4, 10};

  EXPECT_FLOAT_EQ(background.at({0, 0, 0}), 0);
  EXPECT_FLOAT_EQ(background.at({7, 0, 5}), 5);
  EXPECT_FLOAT_EQ(background.at({0, 0, 15}), 25);
  EXPECT_FLOAT_EQ(background.at({0, 1, 0}), 25);
  EXPECT_FLOAT_EQ(background.at({0, 2, 12}), 66);
  EXPECT_FLOAT_EQ(background.at({0, 90, 300}), 140);
}

TEST(BackgroundField, planes_of_nodes_belong_to_planes_of_the_image) {
  Volume<float> nodes(MemorySpace::host, {2, 1, 1}, case_spacing);
  nodes.voxels()[0] = 3;
  nodes.voxels()[1] = 4;
  const BackgroundField background{std::as_const(nodes).view(), 4, 4};

  EXPECT_EQ(background.at({0, 5, 5}), 3);
  EXPECT_EQ(background.at({1, 5, 5}), 4);
}

TEST(BackgroundField, segments_cover_a_row_and_go_on) {
  const Volume<float> nodes = constant({1, 1, 9}, 1);
  for (const float columns_per_node : {0.4f, 1.0f, 3.3f, 7.0f}) {
    const BackgroundField background{nodes.view(), 1, columns_per_node};
    const BackgroundField::Row row = background.row_at(0, 0);

    for (int x = 0; x < 100; ++x) {
      ASSERT_GT(row.segment_at(x).end_x, x) << columns_per_node;
    }
  }
}

}  // namespace
}  // namespace bramble
