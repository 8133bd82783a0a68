#include "jobs/progress.hpp"

#include "kernels/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace bramble {
namespace {

constexpr double seconds_between_lines = 5;
constexpr double seconds_between_redraws = 0.2;
constexpr int bar_width = 24;

std::string bar(const ProgressState& state) {
  const int ended = state.num_done + state.num_failed;
  const int full = state.num_items == 0 ? bar_width : bar_width * ended / state.num_items;
  return fmt::format("[{:#<{}}{:.<{}}]", "", full, "", bar_width - full);
}

}  // namespace

ProgressStyle parse_progress_style(const std::string& text, bool is_terminal) {
  if (text == "auto") {
    return is_terminal ? ProgressStyle::bar : ProgressStyle::lines;
  }
  if (text == "bar") {
    return ProgressStyle::bar;
  }
  if (text == "lines") {
    return ProgressStyle::lines;
  }
  if (text == "none") {
    return ProgressStyle::none;
  }
  throw InvalidArgument("--progress " + text + ": expected auto, bar, lines or none");
}

std::string duration_text(double seconds) {
  if (seconds < 90) {
    return fmt::format("{:.0f} s", std::ceil(seconds));
  }
  if (seconds < 90 * 60) {
    return fmt::format("{:.0f} min", std::ceil(seconds / 60));
  }
  return fmt::format("{:.1f} h", seconds / 3600);
}

std::string progress_text(const ProgressState& state) {
  const int ended = state.num_done + state.num_failed;
  std::string text = fmt::format("{} of {} done, {} failed, {} left", state.num_done,
                                 state.num_items, state.num_failed, state.num_items - ended);
  if (ended == 0 || ended == state.num_items || state.elapsed_s <= 0 || state.cost_ended == 0) {
    return text;
  }
  // The largest come first, so what is left goes by cost, not by number.
  const double cost_left = static_cast<double>(state.cost_all - state.cost_ended);
  const double left_s = state.elapsed_s * cost_left / static_cast<double>(state.cost_ended);
  return text + fmt::format(", {:.3g} per minute, about {} left", 60 * ended / state.elapsed_s,
                            duration_text(left_s));
}

Progress::Progress(ProgressStyle style, const WorkPlan& plan) : style_(style) {
  state_.num_items = static_cast<int>(plan.items.size());
  for (const WorkItem& item : plan.items) {
    state_.cost_all += item.cost;
  }
}

void Progress::item_ended(const JournalLine& outcome, const WorkItem& item) {
  ++(outcome.event == JournalEvent::failed ? state_.num_failed : state_.num_done);
  state_.cost_ended += item.cost;
  show(false);
}

void Progress::finish() { show(true); }

void Progress::show(bool last) {
  const Clock::time_point now = Clock::now();
  const std::chrono::duration<double> since_shown = now - last_shown_;
  const double pause_s =
      style_ == ProgressStyle::bar ? seconds_between_redraws : seconds_between_lines;
  if (style_ == ProgressStyle::none || (!last && since_shown.count() < pause_s)) {
    return;
  }
  last_shown_ = now;
  state_.elapsed_s = std::chrono::duration<double>(now - start_).count();
  if (style_ == ProgressStyle::lines) {
    fmt::print(stderr, "bramble: {}\n", progress_text(state_));
  } else {
    // ESC [ K clears what a longer line before it left.
    fmt::print(stderr, "\r{} {}\033[K{}", bar(state_), progress_text(state_), last ? "\n" : "");
  }
  std::fflush(stderr);
}

}  // namespace bramble
