#include "pipeline/stack/stack_analyser.hpp"

#include "kernels/restore/gaussian_psf.hpp"
#include "pipeline/phantom/phantom_study.hpp"
#include "pipeline/records/flags.hpp"
#include "pipeline/stack/polyline.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace bramble {
namespace {

template <class T>
Volume<T> as(const Volume<std::uint16_t>& counts) {
  Volume<T> values(MemorySpace::host, counts.extent(), counts.spacing());
  std::ranges::transform(counts.voxels(), values.voxels().begin(),
                         [](std::uint16_t count) { return static_cast<T>(count); });
  return values;
}

StackResult analysed(StackAnalyser& analyser, const PhantomStack& stack, CountsView counts) {
  const Parameters defaults;
  const Calibration calibration{.condition = "test",
                                .iterations = 12,
                                .psf_fwhm_xy_um = defaults.restore.psf_fwhm_xy_um,
                                .psf_fwhm_z_um = defaults.restore.psf_fwhm_z_um};
  const Volume<float> psf = gaussian_psf(
      stack.acquisition.spacing,
      {.fwhm_xy_um = defaults.restore.psf_fwhm_xy_um, .fwhm_z_um = defaults.restore.psf_fwhm_z_um});
  return analyser.analyse(stack.identity, stack.acquisition, calibration, psf, counts, {});
}

StackResult analysed(StackAnalyser& analyser, const PhantomStack& stack) {
  return analysed(analyser, stack, stack.counts.view());
}

// Brighter than the usual study and smaller.
PhantomStack phantom(std::size_t i = 0) {
  PhantomParameters parameters;
  parameters.light.peak_photons = 60;
  parameters.design.extent = {16, 192, 192};
  return phantom_stack(parameters, i);
}

bool matches(const Spine& found, const PhantomSpine& truth) {
  return distance_in_plane_um(found.head, truth.head) < 0.6 &&
         std::abs(found.head.z_um - truth.head.z_um) < 1.5;
}

void expect_same(const StackResult& a, const StackResult& b) {
  ASSERT_EQ(a.dendrites.size(), b.dendrites.size());
  ASSERT_EQ(a.spines.size(), b.spines.size());
  for (std::size_t i = 0; i < a.dendrites.size(); ++i) {
    EXPECT_EQ(a.dendrites[i].nodes, b.dendrites[i].nodes);
    EXPECT_EQ(a.dendrites[i].radius_um, b.dendrites[i].radius_um);
  }
  for (std::size_t i = 0; i < a.spines.size(); ++i) {
    EXPECT_EQ(a.spines[i].head, b.spines[i].head);
    EXPECT_EQ(a.spines[i].p_detect, b.spines[i].p_detect);
    EXPECT_EQ(a.spines[i].head_diameter_um, b.spines[i].head_diameter_um);
  }
}

TEST(StackAnalyser, traces_the_dendrites_of_a_phantom) {
  const PhantomStack stack = phantom();
  StackAnalyser analyser(cpu_exec, {});

  const StackResult result = analysed(analyser, stack);

  // Every true node well inside the volume has a centreline within a pixel and a half in plane.
  const Position far = position_of(
      {stack.counts.extent().z - 1, stack.counts.extent().y - 1, stack.counts.extent().x - 1},
      stack.counts.spacing());
  int inside = 0;
  int near = 0;
  for (const PhantomDendrite& truth : stack.dendrites) {
    for (const Position& node : truth.nodes) {
      if (std::min({node.y_um, node.x_um, far.y_um - node.y_um, far.x_um - node.x_um}) < 1.5 ||
          node.z_um < 1 || node.z_um > far.z_um - 1) {
        continue;
      }
      ++inside;
      near += std::any_of(
          result.dendrites.begin(), result.dendrites.end(), [&](const Dendrite& dendrite) {
            return std::any_of(
                dendrite.nodes.begin(), dendrite.nodes.end(), [&](const Position& p) {
                  return distance_in_plane_um(p, node) < 0.2 && std::abs(p.z_um - node.z_um) < 1.0;
                });
          });
    }
  }
  ASSERT_GT(inside, 50);
  EXPECT_GT(near, 0.9 * inside);
}

TEST(StackAnalyser, most_reported_spines_are_true_and_many_true_ones_are_found) {
  int found = 0;
  int reported = 0;
  int scorable = 0;
  int recalled = 0;
  StackAnalyser analyser(cpu_exec, {});
  for (const std::size_t i : {0, 8, 16}) {
    const PhantomStack stack = phantom(i);
    const StackResult result = analysed(analyser, stack);
    for (const Spine& spine : result.spines) {
      if (spine.p_detect < SpineParameters{}.report_probability) {
        continue;
      }
      ++reported;
      found += std::any_of(stack.spines.begin(), stack.spines.end(),
                           [&](const PhantomSpine& truth) { return matches(spine, truth); });
    }
    for (const PhantomSpine& truth : stack.spines) {
      if (!truth.scorable) {
        continue;
      }
      ++scorable;
      recalled += std::any_of(result.spines.begin(), result.spines.end(),
                              [&](const Spine& spine) { return matches(spine, truth); });
    }
  }

  ASSERT_GT(reported, 10);
  ASSERT_GT(scorable, 20);
  EXPECT_GT(found, 0.8 * reported);
  EXPECT_GT(recalled, 0.5 * scorable);
}

TEST(StackAnalyser, second_stack_of_one_analyser_and_any_number_of_threads_give_the_same) {
  const PhantomStack stack = phantom();
  const int threads = omp_get_max_threads();
  StackAnalyser analyser(cpu_exec, {});

  omp_set_num_threads(1);
  const StackResult first = analysed(analyser, stack);
  omp_set_num_threads(3);
  analysed(analyser, phantom_stack({}, 1));
  const StackResult second = analysed(analyser, stack);
  omp_set_num_threads(threads);

  ASSERT_FALSE(first.dendrites.empty());
  expect_same(first, second);
}

// With its motion, which is interpolated, and without, where 16 bits are restored as they are.
TEST(StackAnalyser, counts_of_16_bits_give_the_bits_of_the_same_counts_in_float) {
  const PhantomStack stack = phantom();
  for (const bool motion_correction : {true, false}) {
    Parameters parameters;
    parameters.restore.motion_correction = motion_correction;
    StackAnalyser analyser(cpu_exec, parameters);

    const StackResult expected = analysed(analyser, stack, as<float>(stack.counts).view());
    const StackResult found = analysed(analyser, stack, stack.counts.view());
    const StackResult with_sign = analysed(analyser, stack, as<std::int16_t>(stack.counts).view());

    ASSERT_FALSE(expected.dendrites.empty());
    ASSERT_FALSE(expected.spines.empty());
    expect_same(found, expected);
    expect_same(with_sign, expected);
    EXPECT_EQ(found.restoration.residual_variance, expected.restoration.residual_variance);
    EXPECT_EQ(found.quality.gain_counts, expected.quality.gain_counts);
    EXPECT_TRUE(std::ranges::equal(found.alignment.voxels(), expected.alignment.voxels()));
    EXPECT_TRUE(std::ranges::equal(found.projection.voxels(), expected.projection.voxels()));
  }
}

TEST(StackAnalyser, ids_are_in_order_and_point_at_their_dendrite) {
  StackAnalyser analyser(cpu_exec, {});

  const StackResult result = analysed(analyser, phantom());

  for (std::size_t i = 0; i < result.dendrites.size(); ++i) {
    EXPECT_EQ(result.dendrites[i].id, static_cast<int>(i));
    EXPECT_NE(result.dendrites[i].parent_dendrite, static_cast<int>(i));
    EXPECT_LT(result.dendrites[i].parent_dendrite, static_cast<int>(result.dendrites.size()));
    EXPECT_GE(polyline_length_um(result.dendrites[i].nodes), 10.0);
    EXPECT_EQ(result.dendrites[i].nodes.size(), result.dendrites[i].radius_um.size());
  }
  for (std::size_t i = 0; i < result.spines.size(); ++i) {
    EXPECT_EQ(result.spines[i].id, static_cast<int>(i));
    ASSERT_LT(result.spines[i].dendrite, static_cast<int>(result.dendrites.size()));
    EXPECT_GE(result.spines[i].p_detect, SpineParameters{}.keep_probability);
    EXPECT_GT(result.spines[i].length_um, 0);
  }
}

TEST(StackAnalyser, pure_noise_has_no_dendrite_and_says_so) {
  PhantomStack stack = phantom();
  std::mt19937 generator(1);
  std::poisson_distribution<int> poisson(5);
  for (std::uint16_t& value : stack.counts.voxels()) {
    value = static_cast<std::uint16_t>(100 + 20 * poisson(generator));
  }
  StackAnalyser analyser(cpu_exec, {});

  const StackResult result = analysed(analyser, stack);

  EXPECT_TRUE(result.dendrites.empty());
  EXPECT_TRUE(result.spines.empty());
  EXPECT_TRUE(has_flag(result.flags, "no_dendrite"));
}

}  // namespace
}  // namespace bramble
