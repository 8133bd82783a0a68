#include "pipeline/field/analyse_field.hpp"
#include "tests/pipeline/field/synthetic_field.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

// Whether a spine is present, absent or not assessable in a session.
namespace bramble {
namespace {

constexpr TrueDendrite first_dendrite{.start = {10, 12, 8}, .length_um = 60};

const FieldSpine& row_of(const FieldResult& result, const std::string& spine_id, int session) {
  return *std::find_if(result.spines.begin(), result.spines.end(), [&](const FieldSpine& row) {
    return row.spine_id == spine_id && row.session == session;
  });
}

// The id of the one spine that session `session` shows as its stack spine `stack_spine`.
std::string id_of(const FieldResult& result, int session, int stack_spine) {
  const auto row =
      std::find_if(result.spines.begin(), result.spines.end(), [&](const FieldSpine& candidate) {
        return candidate.session == session && candidate.stack_spine == stack_spine;
      });
  return row == result.spines.end() ? "" : row->spine_id;
}

std::vector<TrueSpine> without(std::vector<TrueSpine> spines, int number) {
  std::erase_if(spines, [number](const TrueSpine& spine) { return spine.number == number; });
  return spines;
}

TEST(SpineStates, spine_missed_between_keeps_its_id_and_is_absent_there) {
  const std::vector<TrueSpine> spines = random_spines(4, first_dendrite.length_um);
  SyntheticSession a("ses-1", 1), b("ses-2", 2), c("ses-3", 3);
  a.add(first_dendrite, spines, {.jitter_um = 0.05, .seed = 1});
  b.add(first_dendrite, without(spines, 10), {.shift = {1, 2, 3}, .jitter_um = 0.05, .seed = 2});
  c.add(first_dendrite, spines, {.jitter_um = 0.05, .seed = 3});

  const FieldResult result = analyse_field({&a.finish(), &b.finish(), &c.finish()}, {}, {});

  const std::string id = id_of(result, 0, 10);
  EXPECT_EQ(id_of(result, 2, 10), id);
  const FieldSpine& missing = row_of(result, id, 1);
  EXPECT_EQ(missing.state, SpineState::absent);
  EXPECT_EQ(missing.stack_spine, -1);
  EXPECT_TRUE(std::isnan(missing.spine.length_um));
  EXPECT_TRUE(std::isnan(missing.spine.p_detect));
}

TEST(SpineStates, missing_spine_is_expected_where_it_would_be) {
  const std::vector<TrueSpine> spines = random_spines(5, first_dendrite.length_um);
  const Position shift{2, -3, 4};
  SyntheticSession a("ses-1", 1), b("ses-2", 2);
  a.add(first_dendrite, spines, {});
  b.add(first_dendrite, without(spines, 12), {.shift = shift});

  const FieldResult result = analyse_field({&a.finish(), &b.finish()}, {}, {});

  const FieldSpine& missing = row_of(result, id_of(result, 0, 12), 1);
  const Spine& seen = a.stack().spines[12];
  EXPECT_LT(distance_um(missing.spine.head, seen.head + shift), 0.3);
  EXPECT_LT(distance_um(missing.spine.base, seen.base + shift), 0.3);
}

TEST(SpineStates, spine_beyond_the_traced_part_is_not_assessable) {
  const std::vector<TrueSpine> spines = random_spines(6, first_dendrite.length_um);
  SyntheticSession a("ses-1", 1), b("ses-2", 2);
  a.add(first_dendrite, spines, {});
  b.add(first_dendrite, spines, {.traced_to_um = 40});

  const FieldResult result = analyse_field({&a.stack(), &b.stack()}, {}, {});

  const FieldSpine& missing = row_of(result, id_of(result, 0, a.stack().spines.back().id), 1);
  EXPECT_EQ(missing.state, SpineState::not_assessable);
  EXPECT_EQ(missing.spine.flags, "not_traced");
  EXPECT_NEAR(result.dendrites[0].common_length_um, b.stack().dendrites[0].length_um, 1.0);
}

// The second session's field of view ends 30 um further left.
TEST(SpineStates, spine_outside_of_the_volume_is_not_assessable) {
  const std::vector<TrueSpine> spines = random_spines(7, first_dendrite.length_um);
  SyntheticSession a("ses-1", 1), b("ses-2", 2);
  a.add(first_dendrite, spines, {});
  b.add(first_dendrite, spines, {.traced_to_um = 30});
  b.stack().acquisition.extent.x = 400;

  const FieldResult result = analyse_field({&a.stack(), &b.stack()}, {}, {});

  const FieldSpine& missing = row_of(result, id_of(result, 0, a.stack().spines.back().id), 1);
  EXPECT_EQ(missing.state, SpineState::not_assessable);
  EXPECT_EQ(missing.spine.flags, "outside");
}

TEST(SpineStates, spine_on_a_dim_part_is_not_assessable) {
  const std::vector<TrueSpine> spines = random_spines(8, first_dendrite.length_um);
  SyntheticSession a("ses-1", 1), b("ses-2", 2);
  a.add(first_dendrite, spines, {});
  b.add(first_dendrite, without(spines, 10), {});
  a.stack().quality.noise_counts = 5;
  b.stack().quality.noise_counts = 5;
  b.stack().dendrites[0].brightness_counts.assign(b.stack().dendrites[0].nodes.size(), 24.0f);

  const FieldResult result = analyse_field({&a.stack(), &b.stack()}, {}, {});

  const FieldSpine& missing = row_of(result, id_of(result, 0, 10), 1);
  EXPECT_EQ(missing.state, SpineState::not_assessable);
  EXPECT_EQ(missing.spine.flags, "dim");
}

// Shaft at 20 and 7 times the noise: a spine of SNR 8 would have 2.8.
TEST(SpineStates, faint_spine_on_a_dimmer_shaft_is_not_assessable) {
  const std::vector<TrueSpine> spines = random_spines(8, first_dendrite.length_um);
  SyntheticSession a("ses-1", 1), b("ses-2", 2);
  a.add(first_dendrite, spines, {});
  b.add(first_dendrite, without(spines, 10), {});
  a.stack().quality.noise_counts = 5;
  b.stack().quality.noise_counts = 5;
  b.stack().dendrites[0].brightness_counts.assign(b.stack().dendrites[0].nodes.size(), 35.0f);

  const FieldResult faint = analyse_field({&a.stack(), &b.stack()}, {}, {});
  a.stack().spines[10].snr = 12;
  const FieldResult bright = analyse_field({&a.stack(), &b.stack()}, {}, {});

  EXPECT_EQ(row_of(faint, id_of(faint, 0, 10), 1).spine.flags, "dim");
  EXPECT_EQ(row_of(bright, id_of(bright, 0, 10), 1).state, SpineState::absent);
}

TEST(SpineStates, doubtful_spine_counts_where_another_session_supports_it) {
  const std::vector<TrueSpine> spines = random_spines(9, first_dendrite.length_um);
  SyntheticSession a("ses-1", 1), b("ses-2", 2);
  a.add(first_dendrite, spines, {.jitter_um = 0.05, .seed = 1});
  b.add(first_dendrite, spines, {.jitter_um = 0.05, .seed = 2});
  b.stack().spines[8].p_detect = 0.3f;
  b.stack().spines[8].flags = "merged";

  const FieldResult result = analyse_field({&a.stack(), &b.stack()}, {}, {});

  const FieldSpine& doubtful = row_of(result, id_of(result, 0, 8), 1);
  EXPECT_EQ(doubtful.state, SpineState::present);
  EXPECT_EQ(doubtful.spine.flags, "merged,supported");
  EXPECT_EQ(row_of(result, id_of(result, 0, 8), 0).spine.flags, "");
}

TEST(SpineStates, doubtful_spine_without_support_is_dropped) {
  const std::vector<TrueSpine> spines = random_spines(9, first_dendrite.length_um);
  SyntheticSession a("ses-1", 1), b("ses-2", 2);
  a.add(first_dendrite, without(spines, 8), {});
  b.add(first_dendrite, spines, {});
  b.stack().spines[8].p_detect = 0.3f;

  const FieldResult result = analyse_field({&a.stack(), &b.stack()}, {}, {});

  EXPECT_EQ(id_of(result, 1, 8), "");
  EXPECT_EQ(result.spines.size(), 2 * (spines.size() - 1));
}

TEST(SpineStates, session_without_dendrites_leaves_nothing_assessable) {
  const std::vector<TrueSpine> spines = random_spines(16, first_dendrite.length_um);
  SyntheticSession a("ses-1", 1), b("ses-2", 2);
  a.add(first_dendrite, spines, {});

  const FieldResult result = analyse_field({&a.finish(), &b.stack()}, {}, {});

  ASSERT_EQ(result.spines.size(), 2 * spines.size());
  EXPECT_EQ(result.spines[1].state, SpineState::not_assessable);
}

}  // namespace
}  // namespace bramble
