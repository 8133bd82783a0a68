#include "pipeline/phantom/image_cells.hpp"
#include "tests/pipeline/phantom/imaging_fixture.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <vector>

namespace bramble {
namespace {

constexpr Extent extent{15, 63, 65};
constexpr Spacing spacing{1.0f, 0.1f, 0.1f};
constexpr Position middle{7, 3.1, 3.2};

double peak(const Volume<float>& image) {
  return *std::max_element(image.voxels().begin(), image.voxels().end());
}

class CellWithSpines : public testing::Test {
 protected:
  CellWithSpines() {
    cell.gain = 1.3;
    for (const double x_um : {2.0, 3.2, 3.7}) {
      DyedBody spine = ball(0.5, {7.2, 4.2, x_um}).shaft;
      spine.capsules.push_back({{7, 3.1, x_um}, {7.2, 4.2, x_um}, 0.1, 0.1});
      cell.spines.push_back(spine);
    }
  }

  DyedCell cell = cylinder(0.8, middle, {0, 0.05, 0.99875});
  PhantomParameters parameters = [] {
    PhantomParameters p;
    p.design.extent = extent;
    return p;
  }();
  StackOptics optics = make_optics(parameters, {.animal = 3}, 1);
};

TEST_F(CellWithSpines, window_is_a_cut_out_of_the_whole) {
  const Volume<float> whole = image_of(optics, {cell});
  const ImageWindow window{.first = {5, 27, 20}, .extent = {4, 20, 17}};
  Volume<float> cut(MemorySpace::host, window.extent, spacing);

  image_parts(optics, cell.gain, DrawnCell(optics.grid(), cell).parts, window, cut.view());

  for (std::int64_t i = 0; i < cut.voxels().size(); ++i) {
    const Voxel v = window.extent.voxel(i);
    EXPECT_NEAR(cut.voxels()[i], whole.view()(v.z + 5, v.y + 27, v.x + 20), 1e-6) << i;
  }
}

TEST_F(CellWithSpines, light_of_a_spine_is_the_difference_of_two_images) {
  const Volume<float> with = image_of(optics, {cell});
  DyedCell rest = cell;
  rest.spines.erase(rest.spines.begin() + 1);
  const Volume<float> without = image_of(optics, {rest});
  const DrawnCell drawn(optics.grid(), cell);
  const ImageWindow window = optics.reached_by(bounds_of(drawn.spine(1)));
  Volume<float> spine(MemorySpace::host, window.extent, spacing);

  image_spine(optics, drawn, 1, window, spine.view());

  Volume<float> placed(MemorySpace::host, extent, spacing);
  std::fill(placed.voxels().begin(), placed.voxels().end(), 0.0f);
  for (std::int64_t i = 0; i < spine.voxels().size(); ++i) {
    const Voxel v = window.extent.voxel(i);
    placed.view()(v.z + window.first.z, v.y + window.first.y, v.x + window.first.x) =
        spine.voxels()[i];
  }
  EXPECT_GT(peak(placed), 0.05);
  for (std::int64_t i = 0; i < placed.voxels().size(); ++i) {
    EXPECT_NEAR(placed.voxels()[i], with.voxels()[i] - without.voxels()[i], 1e-6) << i;
  }
}

TEST_F(CellWithSpines, spine_without_body_has_no_light) {
  cell.spines[1] = {};
  const DrawnCell drawn(optics.grid(), cell);
  Volume<float> image(MemorySpace::host, {2, 3, 4}, spacing);

  image_spine(optics, drawn, 1, {.first = {}, .extent = {2, 3, 4}}, image.view());

  EXPECT_EQ(peak(image), 0);
}

TEST_F(CellWithSpines, image_has_the_same_bits_for_any_number_of_threads_and_when_nested) {
  const auto image_with = [&](int num_threads) {
    omp_set_num_threads(num_threads);
    const Volume<float> image = image_of(optics, {cell, ball(1.1, {9, 4, 4})});
    return std::vector<float>(image.voxels().begin(), image.voxels().end());
  };
  const int before = omp_get_max_threads();
  const std::vector<float> one = image_with(1);
  const std::vector<float> two = image_with(2);
  const std::vector<float> eight = image_with(8);
  omp_set_num_threads(before);
  std::vector<float> nested[3];
#pragma omp parallel for num_threads(3)
  for (int i = 0; i < 3; ++i) {
    const Volume<float> image = image_of(optics, {cell, ball(1.1, {9, 4, 4})});
    nested[i].assign(image.voxels().begin(), image.voxels().end());
  }

  EXPECT_EQ(two, one);
  EXPECT_EQ(eight, one);
  EXPECT_EQ(nested[2], one);
}

}  // namespace
}  // namespace bramble
