#include "kernels/spine/shaft_model.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace bramble {
namespace {

constexpr int num_stations = 120;

struct Shaft {
  Volume<float> straight{MemorySpace::host, StraightGrid::extent(num_stations),
                         StraightGrid::spacing()};
  Volume<float> quantile{MemorySpace::host, StraightGrid::extent(num_stations),
                         StraightGrid::spacing()};
  Volume<float> model{MemorySpace::host, StraightGrid::extent(num_stations),
                      StraightGrid::spacing()};
  std::vector<Station> stations{num_stations};

  // A Gaussian profile whose brightness doubles along the shaft.
  Shaft() {
    for (int s = 0; s < num_stations; ++s) {
      stations[static_cast<std::size_t>(s)] = {
          .first = 0,
          .last = num_stations - 1,
          .shaft = 100.0f * (1 + static_cast<float>(s) / num_stations)};
    }
    for (std::int64_t i = 0; i < straight.voxels().size(); ++i) {
      const Voxel v = straight.extent().voxel(i);
      straight.voxels()[i] = profile(v) * stations[static_cast<std::size_t>(v.y)].shaft;
    }
  }
  static float profile(Voxel v) {
    const float across = static_cast<float>(v.x - StraightGrid::half_across) * 0.1f;
    const float deep = static_cast<float>(v.z - StraightGrid::half_axial);
    return std::exp(-across * across / 0.3f - deep * deep / 2);
  }
  void run() {
    model_shaft(cpu_exec, std::as_const(straight).view(), stations.data(), ShaftScale::counts,
                quantile.view(), model.view());
  }
};

TEST(ShaftModel, follows_a_bare_shaft_that_brightens) {
  Shaft shaft;

  shaft.run();

  for (std::int64_t i = 0; i < shaft.model.voxels().size(); ++i) {
    EXPECT_NEAR(shaft.model.voxels()[i], shaft.straight.voxels()[i], 0.02f);
  }
}

TEST(ShaftModel, does_not_see_spines) {
  Shaft shaft;
  // Four spines of 0.6 um on the left side, one on the right.
  for (const int s : {30, 50, 70, 90}) {
    for (int along = -2; along <= 2; ++along) {
      shaft.straight.view()(StraightGrid::half_axial, s + along, StraightGrid::half_across + 10) =
          500;
    }
  }
  shaft.straight.view()(StraightGrid::half_axial, 60, StraightGrid::half_across - 10) = 500;
  const Shaft bare;

  shaft.run();

  for (std::int64_t i = 0; i < shaft.model.voxels().size(); ++i) {
    EXPECT_NEAR(shaft.model.voxels()[i], bare.straight.voxels()[i], 0.02f);
  }
}

TEST(ShaftModel, scales_with_the_stack) {
  Shaft shaft;
  shaft.run();
  const float before = shaft.model.view()(StraightGrid::half_axial, 40, 40);
  for (float& value : shaft.straight.voxels()) {
    value *= 4;
  }
  for (Station& station : shaft.stations) {
    station.shaft *= 4;
  }

  shaft.run();

  EXPECT_FLOAT_EQ(shaft.model.view()(StraightGrid::half_axial, 40, 40), 4 * before);
}

}  // namespace
}  // namespace bramble
