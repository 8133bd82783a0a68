#include "pipeline/stack/classify_spine.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

TEST(ClassifySpine, follows_the_project_rules_first_match_wins) {
  EXPECT_EQ(classify_spine(2.5f, 0.3f, 2.2f).spine_class, SpineClass::filopodium);
  EXPECT_EQ(classify_spine(2.5f, 0.5f, 2.0f).spine_class, SpineClass::thin);
  EXPECT_EQ(classify_spine(0.8f, 0.7f, 0.1f).spine_class, SpineClass::stubby);
  EXPECT_EQ(classify_spine(1.4f, 0.7f, 0.7f).spine_class, SpineClass::mushroom);
  EXPECT_EQ(classify_spine(1.0f, 0.5f, 0.5f).spine_class, SpineClass::thin);
}

TEST(ClassifySpine, clear_cases_are_more_probable_than_borderline_ones) {
  EXPECT_GT(classify_spine(1.5f, 0.9f, 0.6f).probability, 0.95f);
  EXPECT_NEAR(classify_spine(1.5f, 0.6f, 0.9f).probability, 0.5f, 0.05f);
}

}  // namespace
}  // namespace bramble
