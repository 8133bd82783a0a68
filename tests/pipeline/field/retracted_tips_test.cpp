#include "pipeline/field/analyse_field.hpp"
#include "pipeline/records/flags.hpp"
#include "tests/pipeline/field/synthetic_field.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

const TrueDendrite shaft{{10, 20, 8}, 60};

// Flags of the one dendrite in each session, from the stacks as they are.
std::vector<bool> retracted(std::vector<SyntheticSession>& sessions) {
  std::vector<const StackResult*> stacks;
  for (SyntheticSession& session : sessions) {
    stacks.push_back(&session.stack());
  }
  const FieldResult field = analyse_field(stacks, {}, {});
  std::vector<bool> flags(sessions.size(), false);
  for (const FieldDendrite& row : field.dendrites) {
    const bool flagged = has_flag(row.flags, "retracted_tip");
    const auto session = static_cast<std::size_t>(row.session);
    flags[session] = flags[session] || flagged;
  }
  return flags;
}

// Sessions that show the dendrite up to these places.
std::vector<SyntheticSession> sessions_to(const std::vector<double>& ends_um) {
  const std::vector<TrueSpine> spines = random_spines(3, shaft.length_um);
  std::vector<SyntheticSession> sessions;
  for (std::size_t i = 0; i < ends_um.size(); ++i) {
    SyntheticSession& session =
        sessions.emplace_back("ses-d0" + std::to_string(i), static_cast<double>(i));
    session.add(shaft, spines, {.seed = 1, .traced_to_um = ends_um[i]});
    session.finish();
  }
  return sessions;
}

TEST(RetractedTips, dendrite_that_ends_early_and_leaves_nothing_is_flagged_in_that_session) {
  std::vector<SyntheticSession> sessions = sessions_to({60, 45, 44});

  EXPECT_EQ(retracted(sessions), (std::vector<bool>{false, true, true}));
}

TEST(RetractedTips, small_losses_and_growth_are_not) {
  std::vector<SyntheticSession> sessions = sessions_to({50, 48, 60});

  EXPECT_EQ(retracted(sessions), (std::vector<bool>{false, false, false}));
}

TEST(RetractedTips, trace_that_stops_short_of_a_shaft_that_is_there_is_not) {
  std::vector<SyntheticSession> sessions = sessions_to({60, 45});
  sessions[1].stack().alignment = draw_alignment(sessions[0].stack());

  EXPECT_EQ(retracted(sessions), (std::vector<bool>{false, false}));
}

TEST(RetractedTips, what_lies_outside_the_later_volume_is_not) {
  std::vector<SyntheticSession> sessions = sessions_to({60, 45});
  sessions[1].stack().acquisition.extent.x = 560;

  EXPECT_EQ(retracted(sessions), (std::vector<bool>{false, false}));
}

}  // namespace
}  // namespace bramble
