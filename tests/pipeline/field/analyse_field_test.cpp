#include "pipeline/field/analyse_field.hpp"

#include "kernels/core/error.hpp"
#include "pipeline/records/flags.hpp"
#include "tests/pipeline/field/synthetic_field.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace bramble {
namespace {

constexpr TrueDendrite first_dendrite{.start = {10, 12, 8}, .length_um = 60};
constexpr TrueDendrite second_dendrite{.start = {14, 28, 8}, .length_um = 50};

std::vector<TrueSpine> without(std::vector<TrueSpine> spines, int number) {
  std::erase_if(spines, [number](const TrueSpine& spine) { return spine.number == number; });
  return spines;
}

TEST(AnalyseField, frozen_spines_show_no_turnover) {
  const std::vector<TrueSpine> spines = random_spines(1, first_dendrite.length_um);
  SyntheticSession a("ses-1", 1), b("ses-2", 2);
  a.add(first_dendrite, spines, {.jitter_um = 0.1, .seed = 1});
  b.add(first_dendrite, spines, {.shift = {1.3, -2.1, 3.4}, .jitter_um = 0.1, .seed = 2});

  const FieldResult result = analyse_field({&a.finish(), &b.finish()}, {}, {});

  ASSERT_GT(spines.size(), 25u);
  EXPECT_EQ(result.spines.size(), 2 * spines.size());
  for (const auto& [number, ids] : ids_of_spines(result, {&a, &b})) {
    EXPECT_EQ(std::set(ids.begin(), ids.end()).size(), 1u) << "spine " << number;
  }
}

TEST(AnalyseField, finds_the_shift_between_sessions) {
  const std::vector<TrueSpine> spines = random_spines(2, first_dendrite.length_um);
  SyntheticSession a("ses-1", 1), b("ses-2", 2);
  a.add(first_dendrite, spines, {});
  b.add(first_dendrite, spines, {.shift = {-2, 3, -4}});

  const FieldResult result = analyse_field({&a.finish(), &b.finish()}, {}, {});

  EXPECT_EQ(result.reference_session, 0);
  EXPECT_EQ(result.sessions[0].shift, Position{});
  EXPECT_NEAR(result.sessions[1].shift.z_um, -2, 0.15);
  EXPECT_NEAR(result.sessions[1].shift.y_um, 3, 0.1);
  EXPECT_NEAR(result.sessions[1].shift.x_um, -4, 0.1);
  EXPECT_GT(result.sessions[1].alignment_score, 0.9f);
}

struct LinkCounts {
  int wanted = 0;
  int made = 0;
  int right = 0;
};

// Over all pairs of sessions: the links that the truth wants, those made, and those of both.
LinkCounts count_links(const FieldResult& result,
                       const std::vector<const SyntheticSession*>& sessions) {
  LinkCounts counts;
  std::map<std::string, std::vector<int>> numbers_of_id;
  std::map<int, int> sightings;
  for (const FieldSpine& row : result.spines) {
    if (row.state == SpineState::present) {
      const int number =
          sessions[static_cast<std::size_t>(row.session)]->number_of(row.stack_spine);
      numbers_of_id[row.spine_id].push_back(number);
      ++sightings[number];
    }
  }
  for (const auto& [number, n] : sightings) {
    counts.wanted += n * (n - 1) / 2;
  }
  for (const auto& [id, numbers] : numbers_of_id) {
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      for (std::size_t j = i + 1; j < numbers.size(); ++j) {
        ++counts.made;
        counts.right += numbers[i] == numbers[j] ? 1 : 0;
      }
    }
  }
  return counts;
}

// Three sessions of 150 um with drift, warp, localisation errors, a tenth of the spines missed each
// time, and births and deaths of a sixth between sessions.
TEST(AnalyseField, links_hold_under_dropouts_births_and_warp) {
  const TrueDendrite long_dendrite{.start = {12, 20, 6}, .length_um = 70};
  LinkCounts total;
  for (const std::uint32_t seed : {11u, 12u, 13u}) {
    const std::vector<TrueSpine> spines = random_spines(seed, long_dendrite.length_um);
    Dice dice(seed + 100);
    SyntheticSession sessions[] = {{"ses-1", 1}, {"ses-2", 2}, {"ses-3", 3}};
    const Position shifts[] = {{}, {1, 2, -1.5}, {-1.5, -1, 2.5}};
    std::vector<int> birth, death;
    for (std::size_t i = 0; i < spines.size(); ++i) {
      birth.push_back(dice.uniform() < 0.7 ? 0 : dice.uniform() < 0.5 ? 1 : 2);
      death.push_back(dice.uniform() < 0.7 ? 3 : dice.uniform() < 0.5 ? 1 : 2);
    }
    for (int session = 0; session < 3; ++session) {
      std::vector<TrueSpine> seen;
      for (std::size_t i = 0; i < spines.size(); ++i) {
        if (birth[i] <= session && session < death[i] && dice.uniform() < 0.9) {
          seen.push_back(spines[i]);
        }
      }
      sessions[session].add(long_dendrite, seen,
                            {.shift = shifts[session],
                             .jitter_um = 0.12,
                             .stretch_frac = 0.004 * session,
                             .seed = seed + static_cast<std::uint32_t>(session)});
    }

    const FieldResult result = analyse_field(
        {&sessions[0].finish(), &sessions[1].finish(), &sessions[2].finish()}, {}, {});

    const LinkCounts counts = count_links(result, {&sessions[0], &sessions[1], &sessions[2]});
    total.wanted += counts.wanted;
    total.made += counts.made;
    total.right += counts.right;
  }
  ASSERT_GT(total.wanted, 150);
  EXPECT_GE(total.right, 0.97 * total.wanted);
  EXPECT_GE(total.right, 0.97 * total.made);
}

// The sets of (session, stack spine) that share an id.
std::set<std::set<std::pair<std::string, int>>> identities(const FieldResult& result) {
  std::map<std::string, std::set<std::pair<std::string, int>>> by_id;
  for (const FieldSpine& row : result.spines) {
    if (row.state == SpineState::present) {
      const auto session = static_cast<std::size_t>(row.session);
      by_id[row.spine_id].insert({result.sessions[session].identity.session_id, row.stack_spine});
    }
  }
  std::set<std::set<std::pair<std::string, int>>> sets;
  for (const auto& [id, members] : by_id) {
    sets.insert(members);
  }
  return sets;
}

TEST(AnalyseField, time_has_no_direction) {
  const std::vector<TrueSpine> spines = random_spines(3, first_dendrite.length_um);
  SyntheticSession a("ses-1", 1), b("ses-2", 2), c("ses-3", 3);
  a.add(first_dendrite, without(spines, 3), {.jitter_um = 0.2, .seed = 1});
  b.add(first_dendrite, without(spines, 7), {.shift = {1, 1, 1}, .jitter_um = 0.2, .seed = 2});
  c.add(first_dendrite, without(spines, 9), {.shift = {-1, 2, 0}, .jitter_um = 0.2, .seed = 3});
  a.stack().dendrites[0].snr = 8;
  c.stack().dendrites[0].snr = 9;
  const StackResult* stacks[] = {&a.finish(), &b.finish(), &c.finish()};

  const FieldResult forward = analyse_field({stacks[0], stacks[1], stacks[2]}, {}, {});
  const FieldResult backward = analyse_field({stacks[2], stacks[1], stacks[0]}, {}, {});

  EXPECT_EQ(identities(forward), identities(backward));
}

TEST(AnalyseField, dendrites_are_numbered_by_place_in_the_reference_then_by_appearance) {
  const TrueDendrite late{.start = {12, 20, 20}, .length_um = 30};
  SyntheticSession a("ses-1", 1), b("ses-2", 2);
  a.add(second_dendrite, {}, {});
  a.add(first_dendrite, {}, {});
  a.stack().dendrites[0].snr = 30;
  b.add(late, {}, {.shift = {0, 1, 1}});
  b.add(first_dendrite, {}, {.shift = {0, 1, 1}});
  b.add(second_dendrite, {}, {.shift = {0, 1, 1}});

  const FieldResult result = analyse_field({&a.finish(), &b.finish()}, {}, {});

  ASSERT_EQ(result.reference_session, 0);
  ASSERT_EQ(result.dendrites.size(), 5u);
  EXPECT_EQ(result.dendrites[0].dendrite_id, "d00");
  EXPECT_EQ(result.dendrites[0].stack_dendrite, 1);
  EXPECT_EQ(result.dendrites[1].stack_dendrite, 1);
  EXPECT_EQ(result.dendrites[2].dendrite_id, "d01");
  EXPECT_EQ(result.dendrites[2].stack_dendrite, 0);
  EXPECT_EQ(result.dendrites[3].stack_dendrite, 2);
  EXPECT_EQ(result.dendrites[4].dendrite_id, "d02");
  EXPECT_EQ(result.dendrites[4].session, 1);
  EXPECT_EQ(result.dendrites[4].common_length_um, 0);
}

class TracedInPieces : public testing::TestWithParam<bool> {};

TEST_P(TracedInPieces, pieces_share_an_id_and_their_spines_are_linked) {
  const bool in_reference = GetParam();
  const std::vector<TrueSpine> spines = random_spines(14, first_dendrite.length_um);
  SyntheticSession pieces("ses-1", 1), whole("ses-2", 2);
  pieces.add(first_dendrite, spines, {.traced_to_um = 28});
  pieces.add(first_dendrite, spines, {.traced_from_um = 30});
  whole.add(first_dendrite, spines, {.shift = {1, 1, 2}});
  for (Dendrite& dendrite : (in_reference ? pieces : whole).stack().dendrites) {
    dendrite.snr = 30;
  }

  const FieldResult result = analyse_field({&pieces.finish(), &whole.finish()}, {}, {});

  ASSERT_EQ(result.reference_session, in_reference ? 0 : 1);
  ASSERT_EQ(result.dendrites.size(), 3u);
  for (const FieldDendrite& dendrite : result.dendrites) {
    EXPECT_EQ(dendrite.dendrite_id, "d00");
  }
  EXPECT_EQ(result.dendrites[0].session, 0);
  EXPECT_EQ(result.dendrites[1].session, 0);
  for (const auto& [number, ids] : ids_of_spines(result, {&pieces, &whole})) {
    EXPECT_EQ(std::set(ids.begin(), ids.end()).size(), 1u) << "spine " << number;
  }
}

INSTANTIATE_TEST_SUITE_P(AnalyseField, TracedInPieces, testing::Bool(), [](const auto& test) {
  return test.param ? "reference" : "other_session";
});

TEST(AnalyseField, a_single_session_shows_its_reported_spines) {
  const std::vector<TrueSpine> spines = random_spines(15, first_dendrite.length_um);
  SyntheticSession a("ses-1", 1);
  a.add(first_dendrite, spines, {});
  a.stack().spines[2].p_detect = 0.2f;

  const FieldResult result = analyse_field({&a.finish()}, {}, {});

  EXPECT_EQ(result.spines.size(), spines.size() - 1);
  EXPECT_EQ(result.spines.front().spine_id, "d00s000");
  EXPECT_EQ(result.subject_id, "m1");
  EXPECT_EQ(result.fov, "chunk-01");
  EXPECT_NEAR(result.dendrites.at(0).common_length_um, a.stack().dendrites[0].length_um, 0.1);
}

TEST(AnalyseField, sessions_without_dendrites_give_an_empty_field) {
  SyntheticSession a("ses-1", 1), b("ses-2", 2);

  const FieldResult result = analyse_field({&a.stack(), &b.stack()}, {}, {});

  EXPECT_EQ(result.sessions.size(), 2u);
  EXPECT_TRUE(result.dendrites.empty());
  EXPECT_TRUE(result.spines.empty());
}

TEST(AnalyseField, refuses_no_session_and_a_spine_on_no_dendrite) {
  SyntheticSession a("ses-1", 1);
  a.add(first_dendrite, random_spines(17, 60), {});
  a.stack().spines[0].dendrite = 7;

  EXPECT_THROW(analyse_field({}, {}, {}), InvalidArgument);
  EXPECT_THROW(analyse_field({&a.stack()}, {}, {}), InvalidArgument);
}

}  // namespace
}  // namespace bramble
