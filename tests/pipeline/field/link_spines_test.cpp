#include "pipeline/field/link_spines.hpp"

#include "pipeline/field/link_cost.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace bramble {
namespace {

PlacedSpine spine(int session, double path_um, double lateral_um = 1.2, double p_detect = 0.9) {
  return {.session = session,
          .path_um = path_um,
          .base_path_um = path_um,
          .lateral_um = lateral_um,
          .p_detect = p_detect};
}

TEST(LinkCost, is_one_at_the_gate) {
  EXPECT_DOUBLE_EQ(place_cost(spine(0, 3), spine(1, 3.8), {.path_um = 0.8}), 1);
  EXPECT_TRUE(std::isinf(place_cost(spine(0, 3), spine(1, 3.9), {.path_um = 0.8})));
}

TEST(LinkCost, spine_on_the_other_side_costs_more_than_one_that_grew) {
  const double grown = place_cost(spine(0, 3, 0.6), spine(1, 3, 1.6), {});
  const double across = place_cost(spine(0, 3, 0.6), spine(1, 3, -0.6), {});

  EXPECT_DOUBLE_EQ(grown, 0.25);
  EXPECT_DOUBLE_EQ(across, 1.44);
}

TEST(LinkSpines, nearest_on_the_same_side_is_the_same_spine) {
  const std::vector<SpineTrack> tracks =
      link_spines({spine(0, 5), spine(0, 6.5), spine(1, 5.2), spine(1, 4.9, -1.2), spine(1, 6.6)},
                  {.gate_um = 1});

  ASSERT_EQ(tracks.size(), 3u);
  EXPECT_EQ(tracks[0].sightings.size(), 1u);
  EXPECT_EQ(tracks[1].sightings.size(), 2u);
  EXPECT_NEAR(mean_path_um(tracks[1]), 5.1, 1e-12);
  EXPECT_EQ(tracks[2].sightings.size(), 2u);
}

TEST(LinkSpines, track_bridges_sessions_without_a_sighting) {
  const std::vector<SpineTrack> tracks = link_spines({spine(0, 5), spine(3, 5.3)}, {.gate_um = 1});

  ASSERT_EQ(tracks.size(), 1u);
  EXPECT_EQ(tracks[0].sightings[0].session, 0);
  EXPECT_EQ(tracks[0].sightings[1].session, 3);
}

// The middle session's spine is nearer to the last one's: they are joined first, and the first
// session's joins them, as it is within the gate of the nearer one.
TEST(LinkSpines, track_has_one_sighting_a_session) {
  const std::vector<SpineTrack> tracks =
      link_spines({spine(0, 5), spine(0, 5.6), spine(1, 5.5), spine(2, 5.5)}, {.gate_um = 1});

  ASSERT_EQ(tracks.size(), 2u);
  EXPECT_EQ(tracks[0].sightings.size(), 1u);
  EXPECT_EQ(tracks[1].sightings.size(), 3u);
  EXPECT_DOUBLE_EQ(tracks[1].sightings[0].path_um, 5.6);
}

TEST(LinkSpines, doubtful_sighting_must_lie_nearer) {
  const LinkParams params{.gate_um = 1, .support_gate_um = 0.5, .report_probability = 0.5};

  const auto certain = link_spines({spine(0, 5), spine(1, 5.6)}, params);
  const auto doubtful = link_spines({spine(0, 5), spine(1, 5.6, 1.2, 0.4)}, params);
  const auto doubtful_near = link_spines({spine(0, 5), spine(1, 5.2, 1.2, 0.4)}, params);

  EXPECT_EQ(certain.at(0).sightings.size(), 2u);
  EXPECT_EQ(doubtful.at(0).sightings.size(), 1u);
  EXPECT_EQ(doubtful_near.at(0).sightings.size(), 2u);
}

// (0.4 / 0.5)^2 = 0.64, and 0.5 (1 - 0.4 / 0.5) = 0.1 or 0.5 (1 - 0.1 / 0.5) = 0.4 for doubt.
TEST(LinkSpines, less_probable_sighting_must_lie_nearer_still) {
  const LinkParams params{.gate_um = 1, .support_gate_um = 0.5, .report_probability = 0.5};

  const auto more_probable = link_spines({spine(0, 5), spine(1, 5.4, 1.2, 0.4)}, params);
  const auto less_probable = link_spines({spine(0, 5), spine(1, 5.4, 1.2, 0.1)}, params);

  EXPECT_EQ(more_probable.at(0).sightings.size(), 2u);
  EXPECT_EQ(less_probable.at(0).sightings.size(), 1u);
}

// Two sure sightings 0.4 um apart, and a doubtful one exactly where each of them is in the other
// session.
TEST(LinkSpines, doubtful_sightings_do_not_break_up_a_good_link) {
  const LinkParams params{.gate_um = 1, .support_gate_um = 0.5, .report_probability = 0.5};

  const auto tracks = link_spines(
      {spine(0, 5), spine(0, 5.4, 1.2, 0.45), spine(1, 5.4), spine(1, 5, 1.2, 0.45)}, params);

  const auto sure = std::count_if(tracks.begin(), tracks.end(), [](const SpineTrack& track) {
    return track.sightings.size() == 2 && track.sightings[0].p_detect > 0.5 &&
           track.sightings[1].p_detect > 0.5;
  });
  EXPECT_EQ(sure, 1);
}

TEST(LinkSpines, tracks_of_doubtful_sightings_alone_are_dropped) {
  EXPECT_TRUE(link_spines({spine(0, 5, 1.2, 0.4), spine(1, 5, 1.2, 0.4)}, {}).empty());
  EXPECT_TRUE(link_spines({}, {}).empty());
}

}  // namespace
}  // namespace bramble
