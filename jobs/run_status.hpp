#pragma once

#include "jobs/lock_holder.hpp"
#include "jobs/run_folder.hpp"
#include "pipeline/records/identity.hpp"

#include <optional>
#include <string>
#include <vector>

namespace bramble {

// A stack or field and for how long it was, or is, worked on.
struct TimedItem {
  std::string id;
  std::string name;  // "stack sub-M01 ses-d01 chunk-01"
  double seconds = 0;
  int rank = 0;
  std::string device;
};

// How far a run is: what stands in its folder and its journals.
struct RunStatus {
  std::optional<LockHolder> holder;  // of a run that goes on
  bool is_begun = false;             // false: it still scans the input, or tries conditions
  int attempt = 0;
  int num_stacks = 0;  // usable ones: done, failed, quarantined, running or left
  int num_done = 0;
  int num_failed = 0;
  int num_quarantined = 0;
  int num_running = 0;
  int num_left = 0;
  int num_unusable = 0;  // stacks and files that the scan refused
  int num_excluded = 0;
  int num_fields = 0;
  int num_fields_done = 0;
  int num_fields_failed = 0;                 // quarantined ones too
  double stacks_per_minute = not_available;  // of the latest attempt
  double seconds_left = not_available;       // while it goes on
  std::vector<TimedItem> running;            // the longest first
  std::vector<TimedItem> slowest;            // up to five stacks, the slowest first
  std::vector<std::string> failures;         // one line each: what failed, where, why
};

// Opens no result: names of files, manifest and journals are enough, so it may be asked often while
// the run goes on. Changes nothing. `now_s`: seconds since 1970. Throws InvalidArgument when the
// folder is no run folder.
RunStatus read_status(const RunFolder& folder, double now_s);

// "running", "complete", "interrupted", or "some failed".
std::string state_of(const RunStatus& status);

}  // namespace bramble
