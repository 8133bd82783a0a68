#include "kernels/restore/propose_tile.hpp"

#include "kernels/core/error.hpp"
#include "kernels/restore/deconvolution.hpp"
#include "kernels/restore/tile_layout.hpp"
#include "tests/kernels/restore/deconvolution_cases.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <string>

namespace bramble {
namespace {

TileProblem large_problem(bool is_separable) {
  return {.image = {60, 1024, 900},
          .psf = {17, 17, 17},
          .overlaps = {16, 20, 20},
          .is_separable = is_separable};
}

TEST(ProposeTile, an_image_that_fits_whole_needs_no_tiles) {
  const TileProblem problem = large_problem(true);
  const std::int64_t whole = restoration_bytes(problem, problem.image);

  EXPECT_FALSE(propose_tile(problem, whole));
  EXPECT_TRUE(propose_tile(problem, whole - 1));
}

TEST(ProposeTile, tiles_fit_and_are_wider_than_their_overlaps_and_not_larger_than_the_image) {
  for (const bool is_separable : {true, false}) {
    const TileProblem problem = large_problem(is_separable);
    const std::int64_t whole = restoration_bytes(problem, problem.image);
    const std::int64_t image_bytes = problem.image.num_voxels() * 8;
    for (const double part : {0.9, 0.5, 0.2, 0.1}) {
      const std::int64_t memory =
          image_bytes + static_cast<std::int64_t>(part * static_cast<double>(whole - image_bytes));

      const Extent tile = propose_tile(problem, memory).value();

      EXPECT_LE(restoration_bytes(problem, tile), memory);
      const auto expect_cut = [](int size, int found, int overlap) {
        EXPECT_TRUE(found == size || (found < size && found > 2 * overlap)) << found;
        EXPECT_EQ(tile_axis(size, found, overlap).front().size, found);
      };
      expect_cut(problem.image.z, tile.z, problem.overlaps.z);
      expect_cut(problem.image.y, tile.y, problem.overlaps.y);
      expect_cut(problem.image.x, tile.x, problem.overlaps.x);
    }
  }
}

TEST(ProposeTile, half_the_memory_cuts_the_longest_axis_once) {
  const TileProblem problem = large_problem(true);
  const std::int64_t image_bytes = problem.image.num_voxels() * 8;
  const std::int64_t whole = restoration_bytes(problem, problem.image) - image_bytes;

  const Extent tile = propose_tile(problem, image_bytes + whole * 6 / 10).value();

  EXPECT_EQ(tile, (Extent{60, (1024 + 20) / 2, 900}));
}

TEST(ProposeTile, memory_that_is_too_small_for_any_tile_is_an_error_that_says_how_much) {
  const TileProblem problem = large_problem(false);

  try {
    propose_tile(problem, problem.image.num_voxels() * 8 + 1000);
    FAIL() << "a tile in 1000 bytes";
  } catch (const ResourceError& error) {
    const std::string text = error.what();
    EXPECT_NE(text.find("60 x 1024 x 900"), std::string::npos) << text;
    EXPECT_NE(text.find("17 x 17 x 17"), std::string::npos) << text;
    EXPECT_NE(text.find("crop the PSF"), std::string::npos) << text;
  }
  EXPECT_THROW(propose_tile({}, 1000), InvalidArgument);
}

TEST(ProposeTile, bytes_are_those_that_a_deconvolver_holds_and_it_takes_the_tile) {
  const Extent image{9, 90, 120};
  for (const double lean : {0.0, 0.3}) {
    const Volume<float> psf = leaning_psf({5, 7, 7}, 1.0, 1.2, lean);
    TileProblem problem{.image = image,
                        .psf = psf.extent(),
                        .overlaps = tile_overlaps(psf),
                        .is_separable = lean == 0,
                        .num_threads = omp_get_max_threads()};
    const std::int64_t image_bytes = image.num_voxels() * 8;
    const std::int64_t memory =
        image_bytes + (restoration_bytes(problem, image) - image_bytes) * 6 / 10;
    const Extent tile = propose_tile(problem, memory).value();
    Deconvolver deconvolver(cpu_exec, image, psf, tile);
    restore_photons(deconvolver, constant(image, 7), {.iterations = 2});

    const std::int64_t counted = restoration_bytes(problem, tile) - image_bytes;

    EXPECT_GE(counted, deconvolver.num_bytes());
    EXPECT_LT(static_cast<double>(counted), 1.2 * static_cast<double>(deconvolver.num_bytes()));
  }
}

}  // namespace
}  // namespace bramble
