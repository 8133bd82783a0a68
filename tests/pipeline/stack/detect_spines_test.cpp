#include "pipeline/stack/detect_spines.hpp"

#include "kernels/core/gaussian.hpp"
#include "kernels/restore/subtract_level.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace bramble {
namespace {

constexpr Spacing spacing{1.0f, 0.12f, 0.12f};
constexpr double shaft_y_um = 6;
constexpr double shaft_z_um = 6;

// A shaft along x of 200 counts, with heads of 120 counts 1.1 um beside it, in noise.
Volume<float> drawn_stack(const std::vector<double>& heads_x_um, float scale, float offset) {
  Volume<float> stack(MemorySpace::host, {13, 100, 160}, spacing);
  std::mt19937 generator(5);
  std::normal_distribution<double> normal;
  for (std::int64_t i = 0; i < stack.voxels().size(); ++i) {
    const Position p = position_of(stack.extent().voxel(i), spacing);
    const double deep = std::exp(-0.5 * std::pow((p.z_um - shaft_z_um) / 0.9, 2));
    double value = 200 * std::exp(-0.5 * std::pow((p.y_um - shaft_y_um) / 0.3, 2));
    for (const double x_um : heads_x_um) {
      const double squared = std::pow(p.y_um - shaft_y_um - 1.1, 2) + std::pow(p.x_um - x_um, 2);
      value += 120 * std::exp(-0.5 * squared / 0.06);
    }
    value = deep * value + std::sqrt(20 + 2 * deep * value) * normal(generator);
    stack.voxels()[i] = static_cast<float>(value) * scale + offset;
  }
  return stack;
}

struct Found {
  ScoredCandidates scored;
  std::vector<Spine> spines;
};

Found detect(const std::vector<double>& heads_x_um, float scale = 1, float offset = 100) {
  const Volume<float> stack = drawn_stack(heads_x_um, scale, offset);
  Dendrite dendrite;
  for (int i = 4; i <= 70; ++i) {
    dendrite.nodes.push_back({shaft_z_um, shaft_y_um, 0.25 * i});
    dendrite.radius_um.push_back(0.35f);
    dendrite.brightness_counts.push_back(150 * scale);
  }
  const std::vector<Dendrite> dendrites{dendrite};
  WorkVolumes work(MemorySpace::host);
  work.reshape(stack.extent(), spacing);
  subtract_level(cpu_exec, stack.view(), offset, work.first.view());
  smooth_gaussian(cpu_exec, std::as_const(work.first).view(), work.slices, work.first.view(),
                  {spine_sigma_z_um, medium_sigma_um, medium_sigma_um});
  copy(cpu_exec, work.first, work.restored);
  StraightStack straight(MemorySpace::host);
  straight.run(cpu_exec, stack.view(),
               {.background_counts = offset,
                .offset_counts = offset,
                .gain_counts = 2 * scale,
                .read_variance_counts = 20 * scale * scale},
               lay_stations(dendrites), work);
  const ShaftIndex shafts(dendrites, 4.0);
  LocalMaximaScratch scratch(MemorySpace::host);
  Found found{.scored = score_stack(cpu_exec, straight, shafts, 4.0, scratch)};
  found.spines = select_spines(found.scored, straight, shafts, {});
  return found;
}

TEST(DetectSpines, clear_heads_are_found_where_they_are) {
  const std::vector<double> heads_x_um{5, 9, 13};

  const Found found = detect(heads_x_um);

  for (const double x_um : heads_x_um) {
    float best = 0;
    for (const Spine& spine : found.spines) {
      if (distance_um(spine.head, {shaft_z_um, shaft_y_um + 1.1, x_um}) < 0.4) {
        best = std::max(best, spine.p_detect);
        EXPECT_EQ(spine.side,
                  -1);  // y points down: below is right of a shaft that runs to the right
      }
    }
    EXPECT_GT(best, 0.5f) << x_um;
  }
}

TEST(DetectSpines, every_spine_names_a_different_protrusion) {
  const Found found = detect({5, 9, 13});

  for (std::size_t i = 0; i < found.spines.size(); ++i) {
    EXPECT_EQ(found.spines[i].id, static_cast<int>(i));
    for (std::size_t j = 0; j < i; ++j) {
      EXPECT_GT(distance_um(found.spines[i].head, found.spines[j].head), 0.3);
    }
  }
}

TEST(DetectSpines, a_bare_shaft_has_no_probable_spine) {
  const Found found = detect({});

  for (const Spine& spine : found.spines) {
    EXPECT_LT(spine.p_detect, 0.5f);
  }
}

TEST(DetectSpines, brightness_and_offset_change_nothing_but_rounding) {
  const Found once = detect({5, 9, 13});
  const Found other = detect({5, 9, 13}, 4, 600);

  ASSERT_EQ(other.scored.candidates.size(), once.scored.candidates.size());
  for (std::size_t i = 0; i < once.scored.evidence.size(); ++i) {
    EXPECT_NEAR(other.scored.evidence[i], once.scored.evidence[i],
                2e-3 * (1 + std::abs(once.scored.evidence[i])))
        << evidence_names[i % num_evidence];
  }
  ASSERT_EQ(other.spines.size(), once.spines.size());
  for (std::size_t i = 0; i < once.spines.size(); ++i) {
    EXPECT_NEAR(other.spines[i].p_detect, once.spines[i].p_detect, 0.02);
    EXPECT_NEAR(other.spines[i].head_diameter_um, once.spines[i].head_diameter_um, 1e-3);
  }
}

TEST(DetectSpines, no_dendrites_have_no_spines) {
  StraightStack straight(MemorySpace::host);
  const Volume<float> stack = drawn_stack({}, 1, 100);
  WorkVolumes work(MemorySpace::host);
  work.reshape(stack.extent(), spacing);
  copy(cpu_exec, stack, work.first);
  copy(cpu_exec, stack, work.restored);
  const std::vector<Dendrite> none;
  const ShaftIndex shafts(none, 4.0);
  LocalMaximaScratch scratch(MemorySpace::host);

  straight.run(cpu_exec, stack.view(), {.read_variance_counts = 1}, lay_stations(none), work);
  const ScoredCandidates scored = score_stack(cpu_exec, straight, shafts, 4.0, scratch);

  EXPECT_TRUE(scored.candidates.empty());
  EXPECT_TRUE(select_spines(scored, straight, shafts, {}).empty());
}

}  // namespace
}  // namespace bramble
