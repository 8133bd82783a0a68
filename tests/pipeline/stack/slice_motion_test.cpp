#include "pipeline/stack/slice_motion.hpp"

#include "pipeline/phantom/phantom_study.hpp"
#include "pipeline/stack/course.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace bramble {
namespace {

constexpr float offset_counts = 100;

PhantomParameters study(float peak_photons) {
  PhantomParameters parameters;
  parameters.seed = 5;
  parameters.design.animals_per_group = 1;
  parameters.design.fields_per_animal = 1;
  parameters.design.session_days = {1};
  parameters.light.peak_photons = peak_photons;
  return parameters;
}

PhantomParameters still(float peak_photons) {
  PhantomParameters parameters = study(peak_photons);
  parameters.motion.shift_sd_xy_um = 0;
  parameters.motion.shift_sd_z_um = 0;
  parameters.motion.jump_frac = 0;
  return parameters;
}

PhantomParameters awake(float peak_photons) {
  PhantomParameters parameters = study(peak_photons);
  parameters.motion.shift_sd_xy_um = 0.6f;
  parameters.motion.jump_frac = 0.05f;
  parameters.motion.min_jump_um = 2;
  parameters.motion.dropped_frac = 0.1f;
  return parameters;
}

Volume<float> as_float(const Volume<std::uint16_t>& counts) {
  Volume<float> values(MemorySpace::host, counts.extent(), counts.spacing());
  std::copy(counts.voxels().begin(), counts.voxels().end(), values.voxels().begin());
  return values;
}

SliceMotion estimated(const PhantomStack& stack) {
  const Volume<float> counts = as_float(stack.counts);
  return estimate_slice_motion(cpu_exec, counts.view(), counts.view(), offset_counts);
}

// Root mean square over slices and both axes of what is off the smooth course: of the true motion
// at the middle row, and of it less what was found.
struct Jitter {
  double before_um = 0;
  double after_um = 0;
};

Jitter jitter(const PhantomStack& stack, const SliceMotion& motion) {
  const auto off = [&](double Position::*axis, double SliceMotion::Slice::*found, double part) {
    std::vector<CoursePoint> points;
    const std::size_t last = stack.motion.size() - 1;
    for (std::size_t i = 0; i <= last; ++i) {
      const double true_um =
          (stack.motion[i].shift.*axis + stack.motion[std::min(i + 1, last)].shift.*axis) / 2;
      points.push_back({static_cast<double>(i), true_um - part * motion.slices[i].*found, 0});
    }
    const std::vector<double> course = smooth_course(points);
    double sum = 0;
    for (std::size_t i = 0; i <= last; ++i) {
      sum += std::pow(points[i].value_um - course[i], 2);
    }
    return sum / static_cast<double>(2 * (last + 1));
  };
  const auto both = [&](double part) {
    return std::sqrt(off(&Position::y_um, &SliceMotion::Slice::shift_y_um, part) +
                     off(&Position::x_um, &SliceMotion::Slice::shift_x_um, part));
  };
  return {both(0), both(1)};
}

TEST(SliceMotion, still_stacks_are_left_bit_for_bit) {
  const PhantomStack stack = phantom_stack(still(30), 0);
  const Volume<float> counts = as_float(stack.counts);

  const SliceMotion motion =
      estimate_slice_motion(cpu_exec, counts.view(), counts.view(), offset_counts);

  EXPECT_FALSE(motion.changes_stack());
  EXPECT_EQ(motion.rms_um(), 0);
  EXPECT_GT(std::count_if(motion.slices.begin(), motion.slices.end(),
                          [](const auto& slice) { return slice.confidence > 0; }),
            12);
}

TEST(SliceMotion, low_light_does_no_harm) {
  const PhantomStack stack = phantom_stack(study(6), 0);

  const Jitter result = jitter(stack, estimated(stack));

  EXPECT_LT(result.after_um, 1.02 * result.before_um);
}

TEST(SliceMotion, usual_jitter_becomes_smaller) {
  const PhantomStack stack = phantom_stack(study(90), 1);

  const Jitter result = jitter(stack, estimated(stack));

  EXPECT_GT(result.before_um, 0.05);
  EXPECT_LT(result.after_um, 0.8 * result.before_um);
}

TEST(SliceMotion, motion_of_an_awake_animal_becomes_smaller_and_dropped_slices_are_found) {
  const PhantomStack stack = phantom_stack(awake(90), 0);

  const SliceMotion motion = estimated(stack);

  const Jitter result = jitter(stack, motion);
  EXPECT_GT(result.before_um, 0.2);
  EXPECT_LT(result.after_um, 0.8 * result.before_um);
  EXPECT_GT(motion.num_dropped(), 0);
  for (std::size_t i = 0; i < stack.motion.size(); ++i) {
    EXPECT_EQ(motion.slices[i].dropped, stack.motion[i].dropped) << "slice " << i;
  }
}

TEST(SliceMotion, dropped_slices_look_like_their_neighbours_afterwards) {
  const PhantomStack stack = phantom_stack(awake(30), 0);
  const Volume<float> counts = as_float(stack.counts);
  const SliceMotion motion =
      estimate_slice_motion(cpu_exec, counts.view(), counts.view(), offset_counts);
  Volume<float> corrected(MemorySpace::host, counts.extent(), counts.spacing());

  correct_motion(cpu_exec, motion, counts.view(), std::numeric_limits<float>::infinity(),
                 corrected.view());

  const std::vector<bool> dark = [&] {
    std::vector<bool> result;
    const std::int64_t size = corrected.voxels().size() / counts.extent().z;
    for (int z = 0; z < counts.extent().z; ++z) {
      const float* slice = corrected.voxels().data() + size * z;
      double sum = 0;
      for (std::int64_t i = 0; i < size; ++i) {
        sum += static_cast<double>(slice[i]);
      }
      result.push_back(sum / static_cast<double>(size) < offset_counts + 15);
    }
    return result;
  }();
  EXPECT_EQ(std::count(dark.begin(), dark.end(), true), 0);
}

TEST(SliceMotion, points_go_back_to_where_the_stored_stack_shows_them) {
  const SliceMotion motion{.slices = {{.shift_y_um = 0},
                                      {.shift_y_um = 1, .shift_x_um = -2},
                                      {.shift_y_um = 3, .shift_x_um = 0}},
                           .spacing_z_um = 2};

  EXPECT_EQ(motion.to_stored({2, 10, 10}), (Position{2, 11, 8}));
  EXPECT_EQ(motion.to_stored({3, 10, 10}), (Position{3, 12, 9}));
  EXPECT_EQ(motion.to_stored({-1, 10, 10}), (Position{-1, 10, 10}));
  EXPECT_EQ(motion.to_stored({9, 10, 10}), (Position{9, 13, 10}));
  EXPECT_EQ(SliceMotion{}.to_stored({9, 10, 10}), (Position{9, 10, 10}));
}

TEST(SliceMotion, undoing_moves_nodes_heads_and_bases) {
  const SliceMotion motion{.slices = std::vector<SliceMotion::Slice>(2, {.shift_y_um = 1})};
  StackResult result;
  result.dendrites = {{.nodes = {{0, 1, 2}, {1, 3, 4}}, .length_um = 7}};
  result.spines = {{.head = {0, 5, 5}, .base = {0, 6, 6}}};

  undo_motion(motion, result);

  EXPECT_EQ(result.dendrites[0].nodes[1], (Position{1, 4, 4}));
  EXPECT_EQ(result.dendrites[0].length_um, 7);
  EXPECT_EQ(result.spines[0].head, (Position{0, 6, 5}));
  EXPECT_EQ(result.spines[0].base, (Position{0, 7, 6}));
}

TEST(SliceMotion, stacks_of_few_or_tiny_slices_pass_untouched) {
  for (const Extent extent : {Extent{0, 4, 4}, Extent{1, 30, 30}, Extent{7, 1, 1}}) {
    Volume<float> counts(MemorySpace::host, extent, {1, 0.1f, 0.1f});
    std::fill(counts.voxels().begin(), counts.voxels().end(), 120.0f);
    const VolumeView<const float> view = std::as_const(counts).view();

    const SliceMotion motion = estimate_slice_motion(cpu_exec, view, view, offset_counts);

    EXPECT_FALSE(motion.changes_stack()) << extent.z << " slices";
  }
}

TEST(WholeVoxelMotion, moves_by_whole_voxels_only_and_keeps_what_is_dropped) {
  SliceMotion motion;
  motion.slices = {{.shift_y_um = 0.26, .shift_x_um = -0.31},
                   {.shift_y_um = 0.04, .dropped = true}};

  const SliceMotion whole = whole_voxel_motion(motion, {1, 0.1f, 0.2f});

  EXPECT_NEAR(whole.slices[0].shift_y_um, 0.3, 1e-6);
  EXPECT_NEAR(whole.slices[0].shift_x_um, -0.4, 1e-6);
  EXPECT_EQ(whole.slices[1].shift_y_um, 0);
  EXPECT_TRUE(whole.slices[1].dropped);
}

}  // namespace
}  // namespace bramble
