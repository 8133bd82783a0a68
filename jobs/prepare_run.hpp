#pragma once

#include "jobs/conditions_file.hpp"
#include "jobs/input_options.hpp"
#include "jobs/run_folder.hpp"
#include "jobs/work_plan.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace bramble {

// What lies in the folder of a run that was begun before.
struct EarlierRun {
  Manifest manifest;
  Conditions conditions;
};

// What rank 0 decides before the work begins.
struct PreparedRun {
  FolderState state = FolderState::fresh;
  EarlierRun earlier;
  RunInputs inputs;
  std::vector<ConditionTrial> trials;
  WorkPlan plan;
  std::vector<std::string> stale;  // stacks whose results must go
  ItemHistories histories;
  // Of a retry: the stacks and fields it is about. Absent: everything without a result.
  std::optional<std::set<std::string>> retried;
  int attempt = 1;
};

// Scans the input, checks the folder, and takes over the trials of an earlier run of it. Changes
// nothing. Throws DataError, with every reason, when there is no usable stack, InvalidArgument when
// the folder cannot be used.
PreparedRun prepare_run(const InputOptions& options, const RunFolder& folder,
                        const RunRecord& record);

// Looks at the folder again, now that this run holds its lock: another may have worked in it since.
// Throws as prepare_run does.
void read_folder(const RunFolder& folder, const RunRecord& record, PreparedRun& run);

// Decides how each condition is restored, with the trials that were still missing, and plans the
// work. Changes nothing on disk.
void plan_run(const RunFolder& folder, const RunRecord& record,
              const std::vector<ConditionTrial>& new_trials, PreparedRun& run);

// Makes or updates the folder for that run: run.toml, manifest.json, conditions.json; removes
// results that no longer stand before it forgets what they were made from; says in the journal what
// is retried. From here on the log is
// OUT/log.txt.
void commit_run(const RunFolder& folder, const RunRecord& record, const PreparedRun& run);

}  // namespace bramble
