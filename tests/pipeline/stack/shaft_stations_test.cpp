#include "pipeline/stack/shaft_stations.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace bramble {
namespace {

// Along x from x = 1 um on, nodes 0.25 um apart.
Dendrite straight_dendrite(int id, int num_nodes) {
  Dendrite dendrite;
  dendrite.id = id;
  for (int i = 0; i < num_nodes; ++i) {
    dendrite.nodes.push_back({3, 5, 1 + 0.25 * i});
    dendrite.radius_um.push_back(0.4f);
    dendrite.brightness_counts.push_back(100.0f + static_cast<float>(i));
  }
  return dendrite;
}

TEST(ShaftStations, two_for_each_step_of_a_quarter_um) {
  const ShaftStations stations = lay_stations({straight_dendrite(0, 5)});

  ASSERT_GE(stations.stations.size(), 8u);
  const Station& station = stations.stations[3];
  EXPECT_NEAR(station.axis.x_um, 1.375, 1e-9);
  EXPECT_NEAR(station.across.y_um, -1, 1e-9);  // left of a shaft to the right is up: y points down
  EXPECT_EQ(station.first, 0);
  EXPECT_EQ(station.last, 7);
  EXPECT_FLOAT_EQ(station.shaft, 101);
  EXPECT_EQ(stations.places[3].node, 1);
  EXPECT_NEAR(stations.places[3].path_um, 0.375, 1e-9);
  EXPECT_NEAR(stations.places[3].end_um, 0.375, 1e-9);
  EXPECT_NEAR(stations.places[7].end_um, 0.125, 1e-9);
}

TEST(ShaftStations, gaps_keep_dendrites_apart) {
  const ShaftStations stations = lay_stations({straight_dendrite(0, 3), straight_dendrite(1, 3)});

  const auto gaps = std::count_if(stations.stations.begin(), stations.stations.end(),
                                  [](const Station& station) { return station.last < 0; });
  EXPECT_GE(gaps, 4);
  EXPECT_EQ(stations.places[4].dendrite, -1);
  const auto second =
      std::find_if(stations.places.begin(), stations.places.end(),
                   [](const ShaftStations::Place& place) { return place.dendrite == 1; });
  const auto index = static_cast<std::size_t>(second - stations.places.begin());
  EXPECT_EQ(stations.stations[index].first, static_cast<int>(index));
}

TEST(ShaftStations, no_dendrites_have_no_stations) {
  EXPECT_TRUE(lay_stations({}).stations.empty());
}

TEST(ShaftStations, restored_brightness_is_the_median_along_the_shaft) {
  ShaftStations stations = lay_stations({straight_dendrite(0, 30)});
  const auto size = static_cast<int>(stations.stations.size());
  Volume<float> restored(MemorySpace::host, StraightGrid::extent(size), StraightGrid::spacing());
  std::fill(restored.voxels().begin(), restored.voxels().end(), 0.0f);
  for (int s = 0; s < size; ++s) {
    restored.view()(StraightGrid::half_axial, s, StraightGrid::half_across + 2) = 12;
  }
  restored.view()(StraightGrid::half_axial, 20, StraightGrid::half_across) = 900;

  measure_restored_shafts(std::as_const(restored).view(), stations.stations);

  EXPECT_FLOAT_EQ(stations.stations[20].restored, 12);
}

}  // namespace
}  // namespace bramble
