#include "kernels/restore/full_width.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

std::vector<double> gaussian(int size, double centre, double fwhm, double spacing) {
  std::vector<double> values;
  for (int i = 0; i < size; ++i) {
    const double distance = (i - centre) * spacing / fwhm;
    values.push_back(3 * std::exp(-4 * std::log(2.0) * distance * distance));
  }
  return values;
}

TEST(FullWidth, of_a_gaussian_is_exact_at_any_sampling_and_phase) {
  EXPECT_NEAR(full_width_um(gaussian(31, 15, 1.9, 0.2), 0.2), 1.9, 1e-6);
  EXPECT_NEAR(full_width_um(gaussian(9, 4, 1.9, 1.0), 1.0), 1.9, 1e-6);
  EXPECT_NEAR(full_width_um(gaussian(9, 4.3, 1.9, 1.0), 1.0), 1.9, 1e-6);
  EXPECT_NEAR(full_width_um(gaussian(8, 3.5, 1.9, 1.0), 1.0), 1.9, 1e-6);
}

TEST(FullWidth, of_a_triangle_that_falls_to_zero_is_its_half_base) {
  EXPECT_DOUBLE_EQ(full_width_um({0, 2, 0}, 0.5), 0.5);
}

TEST(FullWidth, is_missing_where_half_is_not_reached) {
  EXPECT_TRUE(std::isnan(full_width_um({}, 1)));
  EXPECT_TRUE(std::isnan(full_width_um({5}, 1)));
  EXPECT_TRUE(std::isnan(full_width_um({0, 0, 0}, 1)));
  EXPECT_TRUE(std::isnan(full_width_um({3, 4, 3}, 1)));
  EXPECT_TRUE(std::isnan(full_width_um({1, 4, 3}, 1)));
}

}  // namespace
}  // namespace bramble
