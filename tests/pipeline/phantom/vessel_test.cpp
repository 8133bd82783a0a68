#include "pipeline/phantom/vessel.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

TEST(VesselShadow, is_a_stripe_with_smooth_edges) {
  const VesselShadow shadow{
      .centre = {0, 5, 20}, .across = {0, 0, 1}, .width_um = 10, .transmission = 0.6};

  EXPECT_DOUBLE_EQ(shadow.at({0, 5, 20}), 0.6);
  EXPECT_DOUBLE_EQ(shadow.at({30, 90, 21}), 0.6);  // at any depth, all along
  EXPECT_NEAR(shadow.at({0, 0, 25}), 0.8, 1e-12);  // half-way at its edge
  EXPECT_NEAR(shadow.at({0, 0, 15}), 0.8, 1e-12);
  EXPECT_DOUBLE_EQ(shadow.at({0, 0, 27}), 1);
}

TEST(DrawVessel, some_fields_have_one_within_the_asked_ranges) {
  int num_vessels = 0;
  for (std::uint64_t animal = 0; animal < 1000; ++animal) {
    const auto vessel = draw_vessel({}, {.animal = animal}, {});
    if (vessel) {
      ++num_vessels;
      EXPECT_GE(vessel->width_um, 8);
      EXPECT_LE(vessel->width_um, 20);
      EXPECT_GE(vessel->transmission, 0.5);
      EXPECT_LE(vessel->transmission, 0.85);
      EXPECT_NEAR(length_um(vessel->across), 1, 1e-12);
    }
  }

  EXPECT_NEAR(num_vessels, 300, 60);
}

TEST(DrawVessel, stays_where_it_is_in_the_tissue) {
  PhantomParameters parameters;
  parameters.light.vessel_frac = 1;
  parameters.pose.warp_um = 0;
  parameters.pose.scale_frac = 0;
  const PhantomField field{.animal = 4};
  const SessionPose pose = draw_pose(parameters, field, 1);
  const auto first = draw_vessel(parameters, field, {});
  const auto later = draw_vessel(parameters, field, pose);

  for (const Position p : {Position{3, 4, 5}, Position{10, 20, 15}, Position{0, 31, 9}}) {
    EXPECT_NEAR(later->at(pose.apply(p)), first->at(p), 1e-9);
  }
}

TEST(DrawVessel, none_when_no_field_has_one) {
  PhantomParameters parameters;
  parameters.light.vessel_frac = 0;

  EXPECT_FALSE(draw_vessel(parameters, {}, {}).has_value());
}

}  // namespace
}  // namespace bramble
