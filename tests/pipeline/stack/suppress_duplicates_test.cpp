#include "pipeline/stack/suppress_duplicates.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

SpineCandidate at(double path_um, double lateral_um, double z_um, int dendrite = 0) {
  return {
      .head = {z_um, lateral_um, path_um},
      .shaft = {
          .dendrite = dendrite, .path_um = path_um, .lateral_um = lateral_um, .axial_um = z_um}};
}

TEST(SuppressDuplicates, the_better_of_head_and_neck_stays) {
  EXPECT_EQ(suppress_duplicates({at(5, 0.6, 0), at(5.1, 1.5, 0.5)}, {0.4f, 0.9f}, {}),
            (std::vector<std::size_t>{1}));
}

TEST(SuppressDuplicates, neighbours_along_the_shaft_both_stay) {
  EXPECT_EQ(suppress_duplicates({at(5, 1, 0), at(5.6, 1, 0)}, {0.4f, 0.9f}, {}).size(), 2u);
}

TEST(SuppressDuplicates, the_two_sides_of_a_shaft_are_different) {
  EXPECT_EQ(suppress_duplicates({at(5, 0.6, 0), at(5, -0.6, 0)}, {0.4f, 0.9f}, {}).size(), 2u);
}

TEST(SuppressDuplicates, one_spot_between_two_dendrites_counts_once) {
  EXPECT_EQ(suppress_duplicates({at(5, 1, 0, 0), at(5, 1, 0, 1)}, {0.4f, 0.3f}, {}),
            (std::vector<std::size_t>{0}));
}

TEST(SuppressDuplicates, of_equals_the_earlier_stays) {
  EXPECT_EQ(suppress_duplicates({at(5, 1, 0), at(5, 1, 0)}, {0.5f, 0.5f}, {}),
            (std::vector<std::size_t>{0}));
  EXPECT_TRUE(suppress_duplicates({}, {}, {}).empty());
}

}  // namespace
}  // namespace bramble
