#include "jobs/item_history.hpp"

#include <algorithm>
#include <utility>

namespace bramble {
namespace {

constexpr int deaths_to_quarantine = 2;

// One process: attempt and rank.
using Worker = std::pair<int, int>;

class HistoryReader {
 public:
  void read(const JournalLine& line) {
    const Worker worker{line.attempt, line.rank};
    if (line.event == JournalEvent::stopping) {
      forgive(worker);
      return;
    }
    ItemHistory& history = histories_[line.id];
    history.last = line;
    if (line.event == JournalEvent::started) {
      // Taken back when a line says that it ended.
      ++history.num_deaths;
      open_[worker] = line.id;
    } else {
      history.num_deaths = 0;
      open_.erase(worker);
    }
  }

  ItemHistories finish(int living_attempt) {
    for (const auto& [worker, id] : open_) {
      if (worker.first == living_attempt) {
        --histories_[id].num_deaths;
        histories_[id].is_running = true;
      }
    }
    return std::move(histories_);
  }

 private:
  void forgive(const Worker& worker) {
    const auto found = open_.find(worker);
    if (found != open_.end()) {
      --histories_[found->second].num_deaths;
      open_.erase(found);
    }
  }

  ItemHistories histories_;
  std::map<Worker, std::string> open_;  // what each is at
};

}  // namespace

const char* const quarantine_message =
    "took its process down twice, so it is left alone; bramble retry on the run folder tries it "
    "again";

ItemHistories item_histories(const std::vector<JournalLine>& journal, bool latest_attempt_lives) {
  HistoryReader reader;
  int latest_attempt = 0;
  for (const JournalLine& line : journal) {
    reader.read(line);
    latest_attempt = std::max(latest_attempt, line.attempt);
  }
  constexpr int none = -1;
  return reader.finish(latest_attempt_lives ? latest_attempt : none);
}

bool is_quarantined(const ItemHistory& history) {
  return history.num_deaths >= deaths_to_quarantine;
}

bool is_suspect(const ItemHistory& history) {
  return history.num_deaths > 0 && !is_quarantined(history);
}

}  // namespace bramble
