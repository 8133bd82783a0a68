#include "pipeline/beads/average_beads.hpp"

#include "kernels/core/error.hpp"
#include "kernels/restore/psf_shape.hpp"
#include "pipeline/beads/find_beads.hpp"
#include "tests/pipeline/beads/bead_stack.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

// Nine places on a grid, each off the voxels' centres by its own part.
std::vector<Position> scattered_beads() {
  std::mt19937 random(5);
  std::uniform_real_distribution<double> part(-0.5, 0.5);
  std::vector<Position> beads;
  for (const double y_um : {2.3, 6.9, 11.5}) {
    for (const double x_um : {2.3, 6.9, 11.5}) {
      beads.push_back({12 + part(random), y_um + 0.3 * part(random), x_um + 0.3 * part(random)});
    }
  }
  return beads;
}

TEST(AverageBeads, has_the_widths_of_the_psf_that_blurred_them) {
  const BeadStack stack{.extent = {61, 139, 139}};
  const Volume<float> counts = render_beads(stack, scattered_beads());

  const FoundBeads found = find_beads(counts.view(), {});
  const BeadAverage average = average_beads(found.windows);

  EXPECT_EQ(average.num_beads, 9);
  EXPECT_EQ(average.num_outliers, 0);
  const PsfShape shape = psf_shape(average.psf.view());
  EXPECT_NEAR(shape.fwhm_xy_um, stack.fwhm_xy_um, 0.03 * stack.fwhm_xy_um);
  EXPECT_NEAR(shape.fwhm_z_um, stack.fwhm_z_um, 0.03 * stack.fwhm_z_um);
  EXPECT_NEAR(shape.off_centre.z_um, 0, 0.1 * stack.spacing.z_um);
  EXPECT_NEAR(shape.off_centre.x_um, 0, 0.1 * stack.spacing.x_um);
  EXPECT_NEAR(average.fwhm_xy.median_um, stack.fwhm_xy_um, 0.03 * stack.fwhm_xy_um);
  EXPECT_NEAR(average.fwhm_z.median_um, stack.fwhm_z_um, 0.03 * stack.fwhm_z_um);
  EXPECT_GT(average.fwhm_z.spread_um, 0);
  EXPECT_LT(average.fwhm_z.spread_um, 0.1);
}

TEST(AverageBeads, clump_is_left_out) {
  const BeadStack stack{.extent = {61, 139, 139}};
  std::vector<Position> beads = scattered_beads();
  beads.push_back(beads.front() + Position{0, 0.35, 0.35});  // makes the first one a clump
  const Volume<float> counts = render_beads(stack, beads);

  const FoundBeads found = find_beads(counts.view(), {});
  const BeadAverage average = average_beads(found.windows);

  EXPECT_EQ(average.num_beads, 8);
  EXPECT_EQ(average.num_outliers, 1);
  EXPECT_NEAR(psf_shape(average.psf.view()).fwhm_xy_um, stack.fwhm_xy_um, 0.03 * stack.fwhm_xy_um);
}

TEST(AverageBeads, of_one_bead_is_that_bead) {
  const Volume<float> counts = render_beads({}, {{12, 6, 6}});

  const BeadAverage average = average_beads(find_beads(counts.view(), {}).windows);

  EXPECT_EQ(average.num_beads, 1);
  EXPECT_EQ(average.fwhm_xy.spread_um, 0);
  EXPECT_NEAR(average.fwhm_xy.median_um, 0.45, 0.05);
}

TEST(AverageBeads, without_beads_there_is_no_average) {
  EXPECT_THROW(average_beads({}), DataError);
}

}  // namespace
}  // namespace bramble
