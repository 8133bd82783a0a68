#include "jobs/plan_restoration.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

ManifestEntry stack_of(Extent extent) {
  ManifestEntry entry;
  entry.identity.subject_id = "sub-1";
  entry.acquisition.extent = extent;
  entry.acquisition.spacing = {1, 0.1f, 0.1f};
  entry.acquisition.voxel_type = "uint16";
  return entry;
}

Parameters gaussian_psf() {
  Parameters parameters;
  parameters.restore.psf = "gaussian";
  return parameters;
}

constexpr std::int64_t one_gb = 1'000'000'000;

TEST(PlanRestoration, stacks_that_fit_are_restored_whole_and_counted_by_kind) {
  Manifest manifest;
  manifest.stacks = {stack_of({24, 128, 128}), stack_of({24, 128, 256}), stack_of({24, 128, 128})};

  const auto plans = plan_restoration(manifest, gaussian_psf(), {.memory_bytes = one_gb});

  ASSERT_EQ(plans.size(), 2u);
  EXPECT_EQ(plans[0].num_stacks, 2);
  EXPECT_EQ(plans[1].num_stacks, 1);
  EXPECT_FALSE(plans[0].tile);
  EXPECT_TRUE(plans[0].is_separable);
  EXPECT_LT(plans[0].whole_bytes, plans[1].whole_bytes);
  EXPECT_FALSE(common_tile(plans));
}

TEST(PlanRestoration, larger_stacks_get_a_tile_that_keeps_within_the_memory) {
  Manifest manifest;
  manifest.stacks = {stack_of({60, 1024, 1024})};
  const std::int64_t memory_bytes = 2 * one_gb;

  const auto plans = plan_restoration(manifest, gaussian_psf(), {.memory_bytes = memory_bytes});

  ASSERT_EQ(plans.size(), 1u);
  EXPECT_GT(plans[0].whole_bytes, memory_bytes);
  ASSERT_TRUE(plans[0].tile);
  EXPECT_LE(plans[0].tiled_bytes, memory_bytes);
  EXPECT_EQ(common_tile(plans), plans[0].tile);
}

TEST(PlanRestoration, what_fits_in_no_tile_says_so) {
  Manifest manifest;
  manifest.stacks = {stack_of({60, 1024, 1024})};

  const auto plans = plan_restoration(manifest, gaussian_psf(), {.memory_bytes = one_gb / 10});

  ASSERT_EQ(plans.size(), 1u);
  EXPECT_NE(plans[0].problem.find("60 x 1024 x 1024"), std::string::npos) << plans[0].problem;
}

TEST(PlanRestoration, nothing_for_no_stacks) {
  EXPECT_TRUE(plan_restoration({}, gaussian_psf(), {.memory_bytes = one_gb}).empty());
}

}  // namespace
}  // namespace bramble
