#include "pipeline/phantom/blur_kernels.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace bramble {
namespace {

double mean_place(const BlurTaps& taps) {
  double sum = 0;
  for (std::size_t i = 0; i < taps.weights.size(); ++i) {
    sum += (taps.first + static_cast<double>(i)) * taps.weights[i];
  }
  return sum;
}

double total(const BlurTaps& taps) {
  return std::accumulate(taps.weights.begin(), taps.weights.end(), 0.0);
}

TEST(BlurKernels, weights_sum_to_1_and_centre_on_the_sample) {
  const BlurKernels kernels = BlurKernels::in_plane(0.19, 0.05);

  for (const double place : {0.0, 0.5, 7.25, -3.0, -3.5, -0.03125}) {
    EXPECT_NEAR(total(kernels.at(place)), 1, 1e-6) << place;
    EXPECT_NEAR(mean_place(kernels.at(place)), place, 1e-3) << place;
  }
}

TEST(BlurKernels, place_is_rounded_to_a_32nd_of_a_cell) {
  const BlurKernels kernels = BlurKernels::in_plane(0.19, 0.05);

  EXPECT_NEAR(mean_place(kernels.at(2.51)), 2.5, 1e-3);
  EXPECT_NEAR(mean_place(kernels.at(-2.02)), -2.03125, 1e-3);
}

TEST(BlurKernels, variance_is_that_of_gaussian_and_pixel) {
  const BlurKernels kernels = BlurKernels::in_plane(0.19, 0.05);
  const BlurTaps taps = kernels.at(0);
  double variance_um2 = 0;
  for (std::size_t i = 0; i < taps.weights.size(); ++i) {
    const double off_um = 0.05 * (taps.first + static_cast<double>(i));
    variance_um2 += taps.weights[i] * off_um * off_um;
  }

  EXPECT_NEAR(variance_um2, 0.19 * 0.19 + 0.1 * 0.1 / 12, 1e-4);
}

TEST(BlurKernels, depth_weights_sum_to_1_whatever_the_width) {
  const PsfModel psf = gaussian_psf(0.45, 1.9);

  const BlurKernels narrow = BlurKernels::in_depth(psf, 0, 1, 0.125);
  const BlurKernels wide = BlurKernels::in_depth(psf, 0, 1.3, 0.125);

  EXPECT_NEAR(total(narrow.at(3.7)), 1, 1e-4);
  EXPECT_NEAR(total(wide.at(3.7)), 1, 1e-4);
  EXPECT_GT(wide.reach(), narrow.reach());
}

// A point that lies above the focus is seen with the share of a focus deeper than it.
TEST(BlurKernels, depth_keeps_the_direction_of_an_asymmetric_psf) {
  const PsfModel psf(-1, 1, {{.sigma_xy_um = 0.2, .shares = {0, 1, 1}}});

  const BlurKernels kernels = BlurKernels::in_depth(psf, 0, 1, 0.5);
  const BlurTaps taps = kernels.at(0);

  EXPECT_GT(taps.weights[static_cast<std::size_t>(-1 - taps.first)], 0.2);
  EXPECT_LT(taps.weights[static_cast<std::size_t>(1 - taps.first)], 0.15);
}

}  // namespace
}  // namespace bramble
