#include "jobs/run_status.hpp"

#include "io/manifest_file.hpp"
#include "jobs/input_scan.hpp"
#include "jobs/item_history.hpp"
#include "jobs/run_lock.hpp"
#include "jobs/utc_time.hpp"
#include "jobs/work_plan.hpp"
#include "kernels/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace bramble {
namespace {

constexpr std::size_t max_slowest = 5;

std::string name_of(const StackIdentity& identity) {
  return fmt::format("stack sub-{} {} {}", identity.subject_id, identity.session_id, identity.fov);
}

std::string name_of(const ManifestField& field) {
  return fmt::format("field sub-{} {}", field.subject_id, field.fov);
}

ItemHistory history_of(const ItemHistories& histories, const std::string& id) {
  const auto found = histories.find(id);
  return found == histories.end() ? ItemHistory() : found->second;
}

TimedItem timed_item(const JournalLine& line, std::string name, double seconds) {
  return {.id = line.id,
          .name = std::move(name),
          .seconds = seconds,
          .rank = line.rank,
          .device = line.device};
}

// What the latest attempt did, and when.
struct Pace {
  double start_s = not_available;
  double end_s = not_available;
  int num_ended = 0;
  double cost_ended = 0;
  double cost_left = 0;
};

class StatusReader {
 public:
  StatusReader(const RunFolder& folder, double now_s)
      : journal_(read_journals(folder.journals())),
        stacks_on_disk_(results_on_disk(folder.stacks())),
        fields_on_disk_(results_on_disk(folder.fields())),
        now_s_(now_s) {
    status_.holder = living_holder(folder);
    histories_ = item_histories(journal_, status_.holder.has_value());
    for (const JournalLine& line : journal_) {
      status_.attempt = std::max(status_.attempt, line.attempt);
    }
  }

  RunStatus read(const Manifest& manifest) {
    status_.is_begun = true;
    const ManifestCounts counts = count_entries(manifest);
    status_.num_stacks = counts.num_usable;
    status_.num_unusable = counts.num_unusable;
    status_.num_excluded = counts.num_excluded;
    status_.failures = unusable_entries(manifest);
    for (const ManifestEntry& entry : manifest.stacks) {
      if (is_usable(entry)) {
        add_stack(entry);
      }
    }
    for (const ManifestField& field : manifest.fields) {
      add_field(field);
    }
    keep_slowest();
    add_pace();
    return std::move(status_);
  }

  RunStatus read_before_begin() { return std::move(status_); }

 private:
  void add_stack(const ManifestEntry& entry) {
    const StackIdentity& identity = entry.identity;
    const ItemHistory history = history_of(histories_, identity.stack_id);
    const auto cost = static_cast<double>(entry.acquisition.extent.num_voxels());
    const bool ended =
        history.last.event == JournalEvent::done || history.last.event == JournalEvent::failed;
    if (ended && history.last.attempt == status_.attempt) {
      ++pace_.num_ended;
      pace_.cost_ended += cost;
    }
    if (history.last.event == JournalEvent::done && !history.last.timings.empty()) {
      double seconds = 0;
      for (const StageTiming& timing : history.last.timings) {
        seconds += timing.seconds;
      }
      status_.slowest.push_back(timed_item(history.last, name_of(identity), seconds));
    }
    if (stacks_on_disk_.contains(identity.stack_id)) {
      ++status_.num_done;
    } else if (history.is_running) {
      ++status_.num_running;
      pace_.cost_left += cost;
      add_running(history.last, name_of(identity));
    } else if (is_quarantined(history)) {
      ++status_.num_quarantined;
      add_failure(name_of(identity), identity.file, quarantine_message);
    } else if (history.last.event == JournalEvent::failed) {
      ++status_.num_failed;
      add_failure(name_of(identity), identity.file,
                  history.last.stage + ": " + history.last.message);
    } else {
      ++status_.num_left;
      pace_.cost_left += cost;
    }
  }

  void add_field(const ManifestField& field) {
    const ItemHistory history = history_of(histories_, field.field_id);
    const bool failed = history.last.event == JournalEvent::failed;
    ++status_.num_fields;
    if (history.is_running) {
      add_running(history.last, name_of(field));
    } else if (failed || is_quarantined(history)) {
      ++status_.num_fields_failed;
      status_.failures.push_back(name_of(field) + ": " +
                                 (failed ? history.last.message : quarantine_message));
    } else {
      status_.num_fields_done += fields_on_disk_.contains(field.field_id) ? 1 : 0;
    }
  }

  void add_running(const JournalLine& line, std::string name) {
    const double seconds = std::max(0.0, now_s_ - seconds_of_utc(line.time));
    status_.running.push_back(timed_item(line, std::move(name), seconds));
  }

  // Many messages name the file themselves.
  void add_failure(const std::string& name, const std::string& file, const std::string& reason) {
    const bool named = reason.find(file) != std::string::npos;
    status_.failures.push_back(named ? fmt::format("{}: {}", name, reason)
                                     : fmt::format("{}: {}: {}", name, file, reason));
  }

  void keep_slowest() {
    std::ranges::stable_sort(status_.running, std::ranges::greater(), &TimedItem::seconds);
    std::ranges::stable_sort(status_.slowest, std::ranges::greater(), &TimedItem::seconds);
    status_.slowest.resize(std::min(status_.slowest.size(), max_slowest));
  }

  void add_pace() {
    for (const JournalLine& line : journal_) {
      const double time_s = seconds_of_utc(line.time);
      if (line.attempt == status_.attempt) {
        pace_.start_s = std::fmin(pace_.start_s, time_s);
        pace_.end_s = std::fmax(pace_.end_s, time_s);
      }
    }
    const double elapsed_s = (status_.holder ? now_s_ : pace_.end_s) - pace_.start_s;
    if (pace_.num_ended == 0 || !(elapsed_s > 0)) {
      return;
    }
    status_.stacks_per_minute = 60 * pace_.num_ended / elapsed_s;
    if (status_.holder) {
      // The largest come first, so what is left goes by voxels, not by number.
      status_.seconds_left = elapsed_s * pace_.cost_left / pace_.cost_ended;
    }
  }

  std::vector<JournalLine> journal_;
  std::set<std::string> stacks_on_disk_;
  std::set<std::string> fields_on_disk_;
  double now_s_;
  ItemHistories histories_;
  RunStatus status_;
  Pace pace_;
};

}  // namespace

RunStatus read_status(const RunFolder& folder, double now_s) {
  StatusReader reader(folder, now_s);
  if (std::filesystem::exists(folder.manifest()) && std::filesystem::exists(folder.run_toml())) {
    return reader.read(read_manifest(folder.manifest()));
  }
  RunStatus status = reader.read_before_begin();
  if (!status.holder) {
    throw InvalidArgument(folder.root().string() +
                          ": not a run folder (it has no run.toml); name the folder given to "
                          "bramble run --out");
  }
  return status;
}

std::string state_of(const RunStatus& status) {
  if (status.holder) {
    return "running";
  }
  if (status.num_left + status.num_running > 0) {
    return "interrupted";
  }
  const int num_failed =
      status.num_failed + status.num_quarantined + status.num_unusable + status.num_fields_failed;
  return num_failed > 0 ? "some failed" : "complete";
}

}  // namespace bramble
