#include "pipeline/stack/calibrate.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

ManifestEntry entry(const std::string& subject, double day, Spacing spacing) {
  ManifestEntry made;
  made.identity.subject_id = subject;
  made.identity.day = day;
  made.acquisition.spacing = spacing;
  made.acquisition.voxel_type = "uint16";
  return made;
}

TEST(Calibrate, condition_ignores_animal_and_day) {
  const Manifest manifest{.stacks = {entry("A", -1, {1, 0.1f, 0.1f}),
                                     entry("A", 3, {1, 0.1f, 0.1f}),
                                     entry("B", 3, {1, 0.1f, 0.1f})}};

  const std::vector<Calibration> calibrations = calibrate(manifest, {.iterations = 7});

  ASSERT_EQ(calibrations.size(), 1u);
  EXPECT_EQ(calibrations[0].iterations, 7);
  EXPECT_EQ(calibrations[0].condition, acquisition_condition(manifest.stacks[2].acquisition));
}

TEST(Calibrate, another_voxel_size_is_another_condition_and_problems_are_none) {
  Manifest manifest{.stacks = {entry("A", 0, {1, 0.1f, 0.1f}), entry("A", 0, {1, 0.12f, 0.12f}),
                               entry("A", 0, {2, 1, 1})}};
  manifest.stacks[2].problem = "cannot be read";

  EXPECT_EQ(calibrate(manifest, {}).size(), 2u);
  EXPECT_TRUE(calibrate({}, {}).empty());
}

}  // namespace
}  // namespace bramble
