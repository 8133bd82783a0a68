#pragma once

#include "jobs/journal.hpp"
#include "jobs/work_plan.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace bramble {

enum class ProgressStyle { bar, lines, none };

// "auto" is a bar when messages go to a terminal, else lines. Throws InvalidArgument for anything
// but auto, bar, lines and none.
ProgressStyle parse_progress_style(const std::string& text, bool is_terminal);

// How far a run is.
struct ProgressState {
  int num_done = 0;  // in this run, failed ones not counted
  int num_failed = 0;
  int num_items = 0;
  std::int64_t cost_ended = 0;
  std::int64_t cost_all = 0;
  double elapsed_s = 0;
};

// "75 s", "12 min", "3.5 h".
std::string duration_text(double seconds);

// "12 of 40 done, 1 failed, 27 left, 3.2 per minute, about 8 min left".
std::string progress_text(const ProgressState& state);

// Tells on stderr how far the run is: redraws one line on a terminal, else writes a line at most
// every few seconds. Used by one thread.
class Progress {
 public:
  Progress(ProgressStyle style, const WorkPlan& plan);

  void item_ended(const JournalLine& outcome, const WorkItem& item);
  // Leaves the last state on the screen.
  void finish();

 private:
  using Clock = std::chrono::steady_clock;
  void show(bool last);

  ProgressStyle style_;
  ProgressState state_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_shown_;
};

}  // namespace bramble
