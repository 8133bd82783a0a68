#include "jobs/dispatcher.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <map>

namespace bramble {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

WorkItem item_of_cost(std::int64_t cost, std::vector<std::size_t> after = {}) {
  return {.kind = ItemKind::stack, .index = 0, .cost = cost, .after = std::move(after)};
}

void observe_nothing(const JournalLine&, const WorkItem&) {}

WorkRequest first_request() { return {.outcome = std::nullopt, .stop = false}; }
WorkRequest next_request() { return {.outcome = JournalLine(), .stop = false}; }

// What one worker is given from its first request to its dismissal.
std::vector<std::size_t> work_alone(Dispatcher& dispatcher) {
  std::vector<std::size_t> order;
  WorkRequest request = first_request();
  for (;;) {
    const std::optional<std::size_t> item = dispatcher.handle(0, request).at(0).item;
    if (!item) {
      return order;
    }
    order.push_back(*item);
    request = next_request();
  }
}

TEST(Dispatcher, one_worker_gets_the_largest_first_and_equals_in_order) {
  Dispatcher dispatcher({item_of_cost(1), item_of_cost(5), item_of_cost(3), item_of_cost(5)}, 1,
                        observe_nothing);

  const std::vector<std::size_t> order = work_alone(dispatcher);

  EXPECT_THAT(order, ElementsAre(1, 3, 2, 0));
  EXPECT_TRUE(dispatcher.finished());
  EXPECT_EQ(dispatcher.num_left(), 0u);
}

TEST(Dispatcher, an_empty_plan_dismisses_at_once) {
  Dispatcher dispatcher({}, 1, observe_nothing);

  EXPECT_THAT(work_alone(dispatcher), IsEmpty());
  EXPECT_TRUE(dispatcher.finished());
}

TEST(Dispatcher, an_item_comes_after_those_it_waits_for_however_large_it_is) {
  Dispatcher dispatcher({item_of_cost(1), item_of_cost(9, {0, 2}), item_of_cost(2)}, 1,
                        observe_nothing);

  EXPECT_THAT(work_alone(dispatcher), ElementsAre(2, 0, 1));
}

TEST(Dispatcher, a_worker_waits_while_another_works_on_what_is_needed) {
  Dispatcher dispatcher({item_of_cost(1), item_of_cost(1, {0})}, 2, observe_nothing);

  const auto to_first = dispatcher.handle(0, first_request());
  const auto to_second = dispatcher.handle(1, first_request());
  const auto after_report = dispatcher.handle(0, next_request());

  EXPECT_EQ(to_first.at(0).item, 0u);
  EXPECT_THAT(to_second, IsEmpty());
  ASSERT_EQ(after_report.size(), 1u);
  EXPECT_EQ(after_report[0].worker, 1);
  EXPECT_EQ(after_report[0].item, 1u);
}

// Workers take turns at random speeds: the one whose turn it is reports and asks again.
TEST(Dispatcher, several_workers_get_every_item_exactly_once) {
  std::vector<WorkItem> items;
  for (std::size_t i = 0; i < 101; ++i) {
    const bool waits = i % 5 == 4;
    items.push_back(
        item_of_cost(static_cast<std::int64_t>(i * 37 % 11),
                     waits ? std::vector<std::size_t>{i - 1, i - 2} : std::vector<std::size_t>{}));
  }
  std::map<std::size_t, int> times_given;
  int num_observed = 0;
  const int num_workers = 7;
  Dispatcher dispatcher(items, num_workers,
                        [&](const JournalLine&, const WorkItem&) { ++num_observed; });
  std::deque<int> busy;
  const auto accept = [&](const std::vector<WorkReply>& replies) {
    for (const WorkReply& reply : replies) {
      if (reply.item) {
        ++times_given[*reply.item];
        busy.push_back(reply.worker);
      }
    }
  };

  for (int worker = 0; worker < num_workers; ++worker) {
    accept(dispatcher.handle(worker, first_request()));
  }
  for (std::size_t turn = 1; !busy.empty(); ++turn) {
    const auto who = busy.begin() + static_cast<std::ptrdiff_t>(turn * 13 % busy.size());
    const int worker = *who;
    busy.erase(who);
    accept(dispatcher.handle(worker, next_request()));
  }

  EXPECT_TRUE(dispatcher.finished());
  EXPECT_EQ(times_given.size(), items.size());
  EXPECT_TRUE(std::all_of(times_given.begin(), times_given.end(),
                          [](const auto& given) { return given.second == 1; }));
  EXPECT_EQ(num_observed, 101);
}

TEST(Dispatcher, after_a_stop_nothing_is_handed_out_and_waiting_workers_go) {
  Dispatcher dispatcher({item_of_cost(1), item_of_cost(1, {0})}, 2, observe_nothing);
  dispatcher.handle(0, first_request());
  dispatcher.handle(1, first_request());

  const auto to_waiting = dispatcher.stop();
  const auto to_busy = dispatcher.handle(0, next_request());

  ASSERT_EQ(to_waiting.size(), 1u);
  EXPECT_EQ(to_waiting[0].worker, 1);
  EXPECT_FALSE(to_waiting[0].item);
  EXPECT_FALSE(to_busy.at(0).item);
  EXPECT_TRUE(dispatcher.finished());
  EXPECT_EQ(dispatcher.num_left(), 1u);
}

TEST(Dispatcher, a_worker_that_was_told_to_stop_stops_all) {
  Dispatcher dispatcher({item_of_cost(1), item_of_cost(1)}, 2, observe_nothing);
  dispatcher.handle(0, first_request());

  const auto to_stopping = dispatcher.handle(1, {.outcome = std::nullopt, .stop = true});
  const auto to_other = dispatcher.handle(0, next_request());

  EXPECT_FALSE(to_stopping.at(0).item);
  EXPECT_FALSE(to_other.at(0).item);
}

TEST(Dispatcher, a_report_on_nothing_is_refused) {
  Dispatcher dispatcher({item_of_cost(1)}, 1, observe_nothing);

  EXPECT_THROW(dispatcher.handle(0, next_request()), std::invalid_argument);
}

}  // namespace
}  // namespace bramble
