#include "pipeline/stack/segment_stack.hpp"

#include "pipeline/stack/estimate_background.hpp"
#include "pipeline/stack/photon_scale.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace bramble {
namespace {

constexpr Spacing spacing{1.0f, 0.1f, 0.1f};
constexpr Extent extent{12, 160, 200};

// Photon counts of a tube along x at y = 8 um and z = 6 um, as blurred as a dendrite, on a
// background of 2 photons; counts = scale x photons + offset.
Volume<float> tube(double peak_photons, float scale = 1, float offset = 0) {
  std::mt19937 random(3);
  Volume<float> counts(MemorySpace::host, extent, spacing);
  for (std::int64_t i = 0; i < counts.voxels().size(); ++i) {
    const Position p = position_of(extent.voxel(i), spacing);
    const double across = (p.y_um - 8) / 0.35;
    const double deep = (p.z_um - 6) / 0.9;
    std::poisson_distribution<int> light(2 + peak_photons *
                                                 std::exp(-0.5 * (across * across + deep * deep)));
    counts.voxels()[i] = offset + scale * static_cast<float>(light(random));
  }
  return counts;
}

std::vector<bool> foreground_of(const Volume<float>& counts, float gain, float offset) {
  const NoiseModel noise{
      .background_counts = offset + 2 * gain, .offset_counts = offset, .gain_counts = gain};
  const Background background = estimate_background(cpu_exec, counts.view(), noise);
  WorkVolumes work(MemorySpace::host);
  work.reshape(extent, spacing);
  SegmentStack segment(MemorySpace::host);
  segment.run(cpu_exec, counts.view(), photon_scale(noise, std::numeric_limits<float>::infinity()),
              background.field(), {}, work);
  std::vector<bool> bits;
  for (std::int64_t i = 0; i < extent.num_voxels(); ++i) {
    const Voxel v = extent.voxel(i);
    bits.push_back(segment.foreground().view().test(v));
  }
  return bits;
}

// The part of the columns along the tube that hold foreground near its axis.
double covered(const std::vector<bool>& bits) {
  int num_covered = 0;
  for (int x = 0; x < extent.x; ++x) {
    bool found = false;
    for (int y = 76; y <= 84; ++y) {
      for (int z = 5; z <= 7; ++z) {
        found = found || bits[static_cast<std::size_t>(extent.index({z, y, x}))];
      }
    }
    num_covered += found ? 1 : 0;
  }
  return static_cast<double>(num_covered) / extent.x;
}

TEST(SegmentStack, a_tube_of_three_photons_above_the_background_is_found_whole) {
  EXPECT_GT(covered(foreground_of(tube(3), 1, 0)), 0.95);
}

TEST(SegmentStack, noise_alone_gives_nothing) {
  const std::vector<bool> bits = foreground_of(tube(0), 1, 0);

  EXPECT_LT(std::count(bits.begin(), bits.end(), true), extent.num_voxels() / 1000);
}

TEST(SegmentStack, gain_and_offset_change_nothing) {
  EXPECT_EQ(foreground_of(tube(4), 1, 0), foreground_of(tube(4, 4, 512), 4, 512));
}

}  // namespace
}  // namespace bramble
