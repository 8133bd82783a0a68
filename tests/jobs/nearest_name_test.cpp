#include "jobs/nearest_name.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

TEST(EditDistance, counts_inserted_deleted_and_replaced_letters) {
  EXPECT_EQ(edit_distance("", ""), 0);
  EXPECT_EQ(edit_distance("", "abc"), 3);
  EXPECT_EQ(edit_distance("abc", ""), 3);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3);
}

TEST(NearestName, is_the_known_name_with_the_fewest_changes) {
  EXPECT_EQ(nearest_name("iteration", {"psf_fwhm_xy_um", "iterations"}), "iterations");
}

TEST(NearestName, is_empty_when_no_name_is_near) {
  EXPECT_EQ(nearest_name("colour", {"iterations"}), "");
  EXPECT_EQ(nearest_name("colour", {}), "");
}

}  // namespace
}  // namespace bramble
