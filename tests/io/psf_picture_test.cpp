#include "io/psf_picture.hpp"

#include "kernels/core/error.hpp"
#include "tests/io/picture.hpp"
#include "tests/io/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace bramble {
namespace {

Volume<float> point(Extent extent, Spacing spacing) {
  Volume<float> psf(MemorySpace::host, extent, spacing);
  std::fill(psf.voxels().begin(), psf.voxels().end(), 0.0f);
  psf.view()(extent.z / 2, extent.y / 2, extent.x / 2) = 3;
  return psf;
}

TEST(PsfPicture, shows_both_cuts_in_one_scale) {
  const TemporaryFolder folder;

  write_psf_picture(folder.file("a.png"), point({9, 11, 11}, {1.0f, 0.2f, 0.2f}).view());

  // 9 um are 800 pixels, so 2.2 um are 196; 12 pixels lie between the cuts and 24 below them.
  const Picture picture = read_png(folder.file("a.png"));
  EXPECT_EQ(picture.height, 824);
  EXPECT_EQ(picture.width, 2 * 196 + 12);
  EXPECT_GT(picture.pixel(98, 98)[0], 240);    // in plane
  EXPECT_GT(picture.pixel(400, 306)[0], 240);  // along z
  EXPECT_EQ(picture.pixel(10, 10)[0], 0);
  EXPECT_EQ(picture.pixel(10, 306)[0], 0);
}

TEST(PsfPicture, half_of_the_maximum_is_marked) {
  const TemporaryFolder folder;

  write_psf_picture(folder.file("a.png"), point({3, 3, 3}, {1, 1, 1}).view());

  const Picture picture = read_png(folder.file("a.png"));
  int num_marked = 0;
  for (int x = 0; x < 400; ++x) {
    num_marked += picture.has_colour(200, x) ? 1 : 0;
  }
  EXPECT_EQ(num_marked, 2);
}

TEST(PsfPicture, one_voxel_and_nothing) {
  const TemporaryFolder folder;

  write_psf_picture(folder.file("a.png"), point({1, 1, 1}, {1, 1, 1}).view());

  EXPECT_EQ(read_png(folder.file("a.png")).width, 812);
  EXPECT_THROW(write_psf_picture(folder.file("b.png"), {}), InvalidArgument);
  Volume<float> dark = point({3, 3, 3}, {1, 1, 1});
  dark.view()(1, 1, 1) = 0;
  EXPECT_THROW(write_psf_picture(folder.file("b.png"), dark.view()), InvalidArgument);
}

}  // namespace
}  // namespace bramble
