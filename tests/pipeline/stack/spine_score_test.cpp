#include "pipeline/stack/spine_score.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

// What a clear spine measures: a compact bright head off the shaft, joined to it, dark farther out.
constexpr SpineFeatures clear_spine{.blob_over_head = 0.6f,
                                    .blob_snr = 12,
                                    .head_over_shaft = 0.4f,
                                    .beyond_edge_um = 0.9f,
                                    .axial_offset_um = 0.3f,
                                    .above_below_over_head = 0.3f,
                                    .neck_over_head = 0.8f,
                                    .outward_over_head = 0.1f,
                                    .beside_over_head = 0.3f};

TEST(SpineScore, clear_spine_is_probable_and_noise_is_not) {
  EXPECT_GT(spine_probability(clear_spine), 0.9f);
  EXPECT_LT(spine_probability({.blob_over_head = 0.1f,
                               .blob_snr = 1,
                               .head_over_shaft = 0.03f,
                               .outward_over_head = 0.9f}),
            0.1f);
}

TEST(SpineScore, each_defect_lowers_the_probability) {
  const float clear = spine_probability(clear_spine);
  SpineFeatures defect = clear_spine;

  defect.neck_over_head = 0.1f;
  EXPECT_LT(spine_probability(defect), clear);
  defect = clear_spine;
  defect.outward_over_head = 0.9f;
  EXPECT_LT(spine_probability(defect), clear);
  defect = clear_spine;
  defect.axial_offset_um = 4;
  EXPECT_LT(spine_probability(defect), clear);
  defect = clear_spine;
  defect.beyond_edge_um = 3.5f;
  EXPECT_LT(spine_probability(defect), clear);
}

TEST(SpineScore, extreme_features_stay_probabilities) {
  const float p = spine_probability(
      {.blob_over_head = 50, .blob_snr = -3, .head_over_shaft = -1, .outward_over_head = 1e6f});

  EXPECT_GE(p, 0.0f);
  EXPECT_LE(p, 1.0f);
}

}  // namespace
}  // namespace bramble
