#include "pipeline/stack/classify_spine.hpp"

#include "pipeline/stack/measure_spine.hpp"

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

TEST(SphereDiameter, inverts_the_table_of_apparent_widths) {
  // True diameter and full width at half maximum through a PSF of 0.45 x 1.9 um.
  const double rows[][2] = {{0.3, 0.479}, {0.4, 0.503}, {0.5, 0.534}, {0.6, 0.573},
                            {0.8, 0.676}, {1.0, 0.810}, {1.2, 0.966}};
  for (const auto& [diameter_um, fwhm_um] : rows) {
    EXPECT_NEAR(sphere_diameter_um(fwhm_um, 0.45), diameter_um, 0.05 * diameter_um) << diameter_um;
  }
}

}  // namespace
}  // namespace bramble
