#include "jobs/item_history.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

JournalLine line(JournalEvent event, const std::string& id, int attempt, int rank = 0) {
  JournalLine line;
  line.event = event;
  line.id = id;
  line.attempt = attempt;
  line.rank = rank;
  return line;
}

TEST(ItemHistory, what_ended_well_or_badly_did_not_die) {
  const ItemHistories histories =
      item_histories({line(JournalEvent::started, "a", 1), line(JournalEvent::done, "a", 1),
                      line(JournalEvent::started, "b", 1), line(JournalEvent::failed, "b", 1)},
                     false);

  EXPECT_EQ(histories.at("a").num_deaths, 0);
  EXPECT_EQ(histories.at("a").last.event, JournalEvent::done);
  EXPECT_EQ(histories.at("b").num_deaths, 0);
  EXPECT_EQ(histories.at("b").last.event, JournalEvent::failed);
}

TEST(ItemHistory, one_death_makes_a_suspect_and_two_a_quarantine) {
  std::vector<JournalLine> journal = {line(JournalEvent::started, "a", 1)};
  const ItemHistory once = item_histories(journal, false).at("a");
  journal.push_back(line(JournalEvent::started, "a", 2, 5));
  const ItemHistory twice = item_histories(journal, false).at("a");

  EXPECT_TRUE(is_suspect(once));
  EXPECT_FALSE(is_quarantined(once));
  EXPECT_FALSE(is_suspect(twice));
  EXPECT_TRUE(is_quarantined(twice));
}

TEST(ItemHistory, what_a_living_run_is_at_is_running_not_dead) {
  const std::vector<JournalLine> journal = {line(JournalEvent::started, "a", 1),
                                            line(JournalEvent::started, "b", 1, 1),
                                            line(JournalEvent::started, "a", 2)};

  const ItemHistories histories = item_histories(journal, true);

  EXPECT_TRUE(histories.at("a").is_running);
  EXPECT_EQ(histories.at("a").num_deaths, 1);
  EXPECT_FALSE(histories.at("b").is_running);
  EXPECT_EQ(histories.at("b").num_deaths, 1);
}

TEST(ItemHistory, a_process_that_was_told_to_stop_blames_nothing) {
  const std::vector<JournalLine> journal = {line(JournalEvent::started, "a", 1, 0),
                                            line(JournalEvent::started, "b", 1, 1),
                                            line(JournalEvent::stopping, "", 1, 1)};

  const ItemHistories histories = item_histories(journal, false);

  EXPECT_EQ(histories.at("a").num_deaths, 1);
  EXPECT_EQ(histories.at("b").num_deaths, 0);
  EXPECT_EQ(histories.size(), 2u);
}

TEST(ItemHistory, an_item_that_ends_after_the_stop_is_done) {
  const ItemHistories histories =
      item_histories({line(JournalEvent::started, "a", 1), line(JournalEvent::stopping, "", 1),
                      line(JournalEvent::done, "a", 1)},
                     false);

  EXPECT_EQ(histories.at("a").num_deaths, 0);
  EXPECT_EQ(histories.at("a").last.event, JournalEvent::done);
}

TEST(ItemHistory, a_retry_or_an_end_forgives_earlier_deaths) {
  std::vector<JournalLine> journal = {line(JournalEvent::started, "a", 1),
                                      line(JournalEvent::started, "a", 2),
                                      line(JournalEvent::retried, "a", 3)};
  EXPECT_EQ(item_histories(journal, false).at("a").num_deaths, 0);
  journal.push_back(line(JournalEvent::started, "a", 3));
  EXPECT_TRUE(is_suspect(item_histories(journal, false).at("a")));
  journal.push_back(line(JournalEvent::started, "a", 4));
  journal.push_back(line(JournalEvent::failed, "a", 4));

  EXPECT_EQ(item_histories(journal, false).at("a").num_deaths, 0);
}

TEST(ItemHistory, no_journal_no_history) { EXPECT_TRUE(item_histories({}, true).empty()); }

}  // namespace
}  // namespace bramble
