#include "jobs/processors.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace bramble {
namespace {

TEST(FairShare, one_rank_has_all_of_its_processors) {
  EXPECT_EQ(fair_share({{true, true, false, true}}, 0), 3);
}

TEST(FairShare, unbound_ranks_divide_the_node) {
  const ProcessorSet all(8, true);

  EXPECT_EQ(fair_share({all, all}, 0), 4);
  EXPECT_EQ(fair_share({all, all, all}, 2), 2);
}

TEST(FairShare, bound_ranks_keep_their_own) {
  EXPECT_EQ(fair_share({{true, true, false, false}, {false, false, true, true}}, 1), 2);
}

TEST(FairShare, thirds_of_three_add_up_to_one) {
  const ProcessorSet all(3, true);

  EXPECT_EQ(fair_share({all, all, all}, 0), 1);
}

TEST(FairShare, is_never_less_than_one) {
  const ProcessorSet one(1, true);

  EXPECT_EQ(fair_share({one, one, one}, 1), 1);
}

TEST(AvailableProcessors, hold_at_least_the_one_this_runs_on) {
  const ProcessorSet set = available_processors();

  EXPECT_GE(std::count(set.begin(), set.end(), true), 1);
}

TEST(SetThreads, takes_the_wanted_number) {
  EXPECT_EQ(set_threads(Communicator(), 3), 3);
  EXPECT_GE(set_threads(Communicator(), 0), 1);
}

}  // namespace
}  // namespace bramble
