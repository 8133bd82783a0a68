#pragma once

#include "jobs/journal.hpp"
#include "jobs/work_plan.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace bramble {

// What a worker says when it wants work: how the item before went (absent for its first request),
// and whether it was told to stop.
struct WorkRequest {
  std::optional<JournalLine> outcome;
  bool stop = false;
};

// What it is given: an item, or the end.
struct WorkReply {
  int worker = 0;
  std::optional<std::size_t> item;  // place in the plan
};

// Hands out the items of a plan: each exactly once, of those that may start the most expensive
// first. Knows nothing of MPI: the same object serves one process and a thousand ranks. Not
// thread-safe.
class Dispatcher {
 public:
  using OutcomeObserver = std::function<void(const JournalLine&, const WorkItem&)>;

  // `num_workers`: how many will ask, and be told the end. `observe` hears of every item that
  // ended.
  Dispatcher(std::vector<WorkItem> items, int num_workers, OutcomeObserver observe);

  // It holds references to its own parts.
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;

  // Takes one request and returns the replies that can be given now: none when the worker has to
  // wait for items to end, several when its report lets others go on.
  std::vector<WorkReply> handle(int worker, const WorkRequest& request);

  // Hands out nothing from now on; returns the replies to those who wait.
  std::vector<WorkReply> stop();

  // Every worker has been told the end.
  bool finished() const noexcept { return num_dismissed_ == num_workers_; }
  // Items that have not ended: above 0 after the end when the work was stopped.
  std::size_t num_left() const noexcept { return num_left_; }

 private:
  struct MoreExpensive {
    const std::vector<WorkItem>* items;
    bool operator()(std::size_t a, std::size_t b) const;
  };

  void end_item(int worker, const JournalLine& outcome);
  std::vector<WorkReply> serve_waiting();

  std::vector<WorkItem> items_;
  std::vector<std::size_t> num_unmet_;            // per item: how many of `after` have not ended
  std::vector<std::vector<std::size_t>> before_;  // per item: those that wait for it
  std::set<std::size_t, MoreExpensive> ready_;
  std::map<int, std::size_t> item_of_worker_;  // of those who are busy
  std::vector<int> waiting_;                   // workers, in the order they asked
  std::size_t num_left_ = 0;
  int num_workers_ = 0;
  int num_dismissed_ = 0;
  bool stopped_ = false;
  OutcomeObserver observe_;
};

}  // namespace bramble
