#include "jobs/mpi_session.hpp"
#include "jobs/shared_step.hpp"
#include "jobs/work_service.hpp"
#include "kernels/core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <sstream>

// Run by mpirun with several ranks, and alone: every rank executes every test.
namespace bramble {
namespace {

const MpiSession* session = nullptr;

JournalLine done(const WorkItem& item) {
  JournalLine line;
  line.event = JournalEvent::done;
  line.kind = item.kind;
  line.id = std::to_string(item.index);
  line.rank = session->world.rank();
  return line;
}

// Forty stacks, and four fields that wait for ten each.
std::vector<WorkItem> small_plan() {
  std::vector<WorkItem> items;
  for (std::size_t i = 0; i < 40; ++i) {
    items.push_back({.kind = ItemKind::stack, .index = i, .cost = 1, .after = {}});
  }
  for (std::size_t field = 0; field < 4; ++field) {
    std::vector<std::size_t> stacks(10);
    std::iota(stacks.begin(), stacks.end(), 10 * field);
    items.push_back(
        {.kind = ItemKind::field, .index = field, .cost = 100, .after = std::move(stacks)});
  }
  return items;
}

std::vector<WorkItem> plan_on_rank_0() {
  return session->world.rank() == 0 ? small_plan() : std::vector<WorkItem>();
}

// The numbers of all ranks' texts of numbers, sorted.
std::vector<int> gather_numbers(const std::string& mine) {
  std::vector<int> numbers;
  for (const std::string& text : session->world.all_gather(mine)) {
    std::istringstream words(text);
    for (int number = 0; words >> number;) {
      numbers.push_back(number);
    }
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

TEST(Communicator, broadcasts_and_gathers_texts_of_any_length) {
  const Communicator& world = session->world;
  const std::string mine(static_cast<std::size_t>(world.rank()) * 100000, 'x');

  const std::string from_rank_0 =
      world.broadcast(world.rank() == 0 ? "from rank 0" : "not to be seen");
  const std::vector<std::string> all = world.all_gather(mine);

  EXPECT_EQ(from_rank_0, "from rank 0");
  ASSERT_EQ(all.size(), static_cast<std::size_t>(world.size()));
  EXPECT_EQ(all.front(), "");
  EXPECT_EQ(all.back().size(), static_cast<std::size_t>(world.size() - 1) * 100000);
}

TEST(Communicator, the_ranks_of_this_machine_are_one_node) {
  EXPECT_EQ(session->world.split_by_node().size(), session->world.size());
}

TEST(OnRank0, its_text_or_its_failure_reaches_every_rank) {
  const SharedStep good = on_rank_0(session->world, [] { return std::string("plan"); });
  const SharedStep bad = on_rank_0(session->world, []() -> std::string {
    throw InvalidArgument("this message is part of the test");
  });

  EXPECT_EQ(good.text, "plan");
  EXPECT_EQ(good.code, ExitCode::complete);
  EXPECT_EQ(bad.code, ExitCode::usage);
}

// Whether rank 0 works beside answering or not.
class ShareWork : public ::testing::TestWithParam<bool> {
 protected:
  MpiSession session_for_test() const {
    return {.world = session->world.duplicate(), .calls_from_any_thread = GetParam()};
  }
};

TEST_P(ShareWork, every_item_is_done_once_by_some_rank) {
  std::string stacks;
  std::string fields;
  int num_observed = 0;

  const std::size_t num_left = share_work(
      session_for_test(), plan_on_rank_0(),
      [&](const WorkItem& item) {
        (item.kind == ItemKind::stack ? stacks : fields) += std::to_string(item.index) + " ";
        return done(item);
      },
      [&](const JournalLine&, const WorkItem&) { ++num_observed; }, [] { return false; });

  std::vector<int> all_stacks(40);
  std::iota(all_stacks.begin(), all_stacks.end(), 0);
  EXPECT_EQ(gather_numbers(stacks), all_stacks);
  EXPECT_THAT(gather_numbers(fields), ::testing::ElementsAre(0, 1, 2, 3));
  EXPECT_EQ(num_left, 0u);
  EXPECT_EQ(num_observed, session->world.rank() == 0 ? 44 : 0);
}

TEST_P(ShareWork, one_rank_that_is_told_to_stop_stops_all) {
  const bool stops_others = session->world.rank() == session->world.size() - 1;
  int num_done = 0;

  const std::size_t num_left = share_work(
      session_for_test(), plan_on_rank_0(),
      [&](const WorkItem& item) {
        ++num_done;
        return done(item);
      },
      [](const JournalLine&, const WorkItem&) {}, [&] { return stops_others; });

  const std::vector<int> counts = gather_numbers(std::to_string(num_done));
  if (session->world.rank() == 0) {
    EXPECT_EQ(num_left,
              44u - static_cast<std::size_t>(std::accumulate(counts.begin(), counts.end(), 0)));
    EXPECT_GT(num_left, 0u);
  }
}

INSTANTIATE_TEST_SUITE_P(Rank0, ShareWork, ::testing::Bool(), [](const auto& mode) {
  return mode.param ? "works_too" : "only_answers";
});

}  // namespace
}  // namespace bramble

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  int failed = 0;
  const bramble::ExitCode code = bramble::with_mpi([&](const bramble::MpiSession& session) {
    bramble::session = &session;
    failed = RUN_ALL_TESTS();
    return failed == 0 ? bramble::ExitCode::complete : bramble::ExitCode::internal_error;
  });
  return failed != 0 ? 1 : static_cast<int>(code);
}
