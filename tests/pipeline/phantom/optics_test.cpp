#include "pipeline/phantom/optics.hpp"

#include "tests/pipeline/phantom/imaging_fixture.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

constexpr Extent extent{15, 63, 65};
constexpr Spacing spacing{1.0f, 0.1f, 0.1f};

StackOptics still() { return still_optics(gaussian_psf(0.45, 1.9), extent, spacing); }

TEST(PsfWidths, stay_1_by_default) {
  for (const PsfWidth& width : psf_widths({}, 100)) {
    EXPECT_EQ(width, PsfWidth{});
  }
}

TEST(PsfWidths, grow_with_depth_and_through_the_stack) {
  PhantomParameters parameters;
  parameters.design.extent.z = 11;
  parameters.optics.growth_xy_per_um = 0.0005f;
  parameters.optics.growth_z_per_um = 0.002f;
  parameters.optics.growth_through_stack = 1.3f;

  const std::vector<PsfWidth> widths = psf_widths(parameters, 100);

  ASSERT_EQ(widths.size(), 11u);
  EXPECT_NEAR(widths.front().xy, 1.05, 1e-6);
  EXPECT_NEAR(widths.front().z, 1.2, 1e-6);
  EXPECT_NEAR(widths.back().xy, 1.055 * 1.3, 1e-6);
  EXPECT_NEAR(widths.back().z, 1.22 * 1.3, 1e-6);
}

TEST(FieldDepth, lies_between_20_and_150_um_and_differs_between_fields) {
  for (std::uint64_t animal = 0; animal < 50; ++animal) {
    const double depth_um = draw_field_depth_um({}, {.animal = animal});
    EXPECT_GE(depth_um, 20);
    EXPECT_LE(depth_um, 150);
    EXPECT_NE(depth_um, draw_field_depth_um({}, {.animal = animal, .field = 1}));
  }
}

// The pixel at x um covers the fine cells x +- a quarter of a pixel.
TEST(StackOptics, pixel_is_centred_between_its_two_cells) {
  const StackOptics optics = still();

  const BlurTaps columns = optics.columns_of(3, 0, {});
  const BlurTaps rows = optics.rows_of(3, 0, 10);

  // Symmetric about the cells 0 and 1, and about 20 and 21.
  const auto size = static_cast<int>(columns.weights.size());
  for (int i = 0; i + columns.first + columns.first <= 1 && i < size; ++i) {
    const int mirrored = 1 - 2 * columns.first - i;
    if (mirrored < size) {
      EXPECT_NEAR(columns.weights[static_cast<std::size_t>(i)],
                  columns.weights[static_cast<std::size_t>(mirrored)], 1e-7);
    }
  }
  EXPECT_EQ(rows.first, columns.first + 20);
}

TEST(StackOptics, light_of_a_voxel_comes_from_the_part_of_the_grid_that_reaches_it) {
  const StackOptics optics = still();

  const FineBounds seen = optics.seen_by({.first = {4, 20, 30}, .extent = {1, 1, 1}});

  EXPECT_LE(seen.first_row, optics.rows_of(4, 0, 20).first);
  EXPECT_LE(seen.box.first_column, optics.columns_of(4, 0, {}).first + 60);
  EXPECT_LE(seen.box.first_plane, optics.planes_of(4, 0, {}).first);
  EXPECT_GE(seen.box.end_plane, 32 + 26);
}

TEST(StackOptics, light_outside_the_stack_reaches_an_empty_window) {
  const StackOptics optics = still();

  const ImageWindow window =
      optics.reached_by({.first_row = 5000, .end_row = 5010, .box = {0, 10, 0, 10}});

  EXPECT_EQ(window.extent.num_voxels(), 0);
}

TEST(StackOptics, number_of_slices_must_fit) {
  EXPECT_THROW(StackOptics(gaussian_psf(0.45, 1.9), std::vector<PsfWidth>(3),
                           StackMotion({{}}, extent, spacing, 0.8), extent, spacing),
               InvalidArgument);
}

}  // namespace
}  // namespace bramble
