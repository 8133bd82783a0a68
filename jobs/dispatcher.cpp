#include "jobs/dispatcher.hpp"

#include "kernels/core/error.hpp"

namespace bramble {

bool Dispatcher::MoreExpensive::operator()(std::size_t a, std::size_t b) const {
  const WorkItem& first = (*items)[a];
  const WorkItem& second = (*items)[b];
  return first.cost != second.cost ? first.cost > second.cost : a < b;
}

Dispatcher::Dispatcher(std::vector<WorkItem> items, int num_workers, OutcomeObserver observe)
    : items_(std::move(items)),
      num_unmet_(items_.size()),
      before_(items_.size()),
      ready_(MoreExpensive{&items_}),
      num_left_(items_.size()),
      num_workers_(num_workers),
      observe_(std::move(observe)) {
  for (std::size_t i = 0; i < items_.size(); ++i) {
    num_unmet_[i] = items_[i].after.size();
    for (const std::size_t earlier : items_[i].after) {
      before_.at(earlier).push_back(i);
    }
    if (num_unmet_[i] == 0) {
      ready_.insert(i);
    }
  }
}

void Dispatcher::end_item(int worker, const JournalLine& outcome) {
  const auto found = item_of_worker_.find(worker);
  require(found != item_of_worker_.end(), "a worker reports on an item that it was not given");
  const std::size_t item = found->second;
  item_of_worker_.erase(found);
  --num_left_;
  for (const std::size_t later : before_[item]) {
    if (--num_unmet_[later] == 0) {
      ready_.insert(later);
    }
  }
  observe_(outcome, items_[item]);
}

std::vector<WorkReply> Dispatcher::serve_waiting() {
  std::vector<WorkReply> replies;
  std::vector<int> still_waiting;
  for (const int worker : waiting_) {
    if (!stopped_ && !ready_.empty()) {
      const std::size_t item = *ready_.begin();
      ready_.erase(ready_.begin());
      item_of_worker_[worker] = item;
      replies.push_back({.worker = worker, .item = item});
    } else if (stopped_ || item_of_worker_.empty()) {
      ++num_dismissed_;
      replies.push_back({.worker = worker, .item = std::nullopt});
    } else {
      // What others are working on may make further items ready.
      still_waiting.push_back(worker);
    }
  }
  waiting_ = std::move(still_waiting);
  return replies;
}

std::vector<WorkReply> Dispatcher::handle(int worker, const WorkRequest& request) {
  if (request.outcome) {
    end_item(worker, *request.outcome);
  }
  stopped_ = stopped_ || request.stop;
  waiting_.push_back(worker);
  return serve_waiting();
}

std::vector<WorkReply> Dispatcher::stop() {
  stopped_ = true;
  return serve_waiting();
}

}  // namespace bramble
