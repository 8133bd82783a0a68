#include "pipeline/phantom/background.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

TEST(Background, moves_with_the_tissue) {
  const PhantomField field{.animal = 2};
  PhantomParameters parameters;
  parameters.pose.warp_um = 0;
  const SessionPose pose = draw_pose(parameters, field, 1);
  const Position point{3, 4, 15};

  const double first = draw_background(parameters, field, {}).at(point);
  const double later = draw_background(parameters, field, pose).at(pose.apply(point));

  EXPECT_NEAR(later, first, 1e-6);
}

TEST(Background, has_mean_0_and_variance_1_and_forgets_over_its_correlation_length) {
  PhantomParameters parameters;
  parameters.light.background_correlation_um = 9;
  double sum = 0;
  double sum_of_squares = 0;
  double product = 0;
  constexpr int num_fields = 3000;
  for (std::uint64_t animal = 0; animal < num_fields; ++animal) {
    const PhantomBackground field = draw_background(parameters, {.animal = animal}, {});
    const double here = field.at({1, 2, 3});
    sum += here;
    sum_of_squares += here * here;
    product += here * field.at({1, 2, 12});
  }

  EXPECT_NEAR(sum / num_fields, 0, 0.1);
  EXPECT_NEAR(sum_of_squares / num_fields, 1, 0.13);
  EXPECT_NEAR(product / num_fields, std::exp(-0.5), 0.13);
}

TEST(BackgroundSlice, equals_the_sum_of_waves) {
  const PhantomBackground field = draw_background({}, {.animal = 5}, {});
  const Spacing spacing{1.0f, 0.11f, 0.1f};
  const BackgroundSlice slice(field, 3, {4, 61, 331}, spacing);
  std::vector<float> row;

  for (const int y : {0, 13, 60}) {
    slice.row(y, row);
    ASSERT_EQ(row.size(), 331u);
    for (int x = 0; x < 331; ++x) {
      EXPECT_NEAR(row[static_cast<std::size_t>(x)], field.at(position_of({3, y, x}, spacing)),
                  0.01);
    }
  }
}

TEST(BackgroundSlice, one_pixel_is_enough) {
  const PhantomBackground field = draw_background({}, {}, {});
  std::vector<float> row;

  BackgroundSlice(field, 0, {1, 1, 1}, {1, 0.1f, 0.1f}).row(0, row);

  ASSERT_EQ(row.size(), 1u);
  EXPECT_NEAR(row[0], field.at({}), 1e-5);
}

}  // namespace
}  // namespace bramble
