#pragma once

#include "jobs/exit_code.hpp"
#include "jobs/journal.hpp"
#include "jobs/prepare_run.hpp"
#include "jobs/rank_devices.hpp"
#include "jobs/reduce_study.hpp"
#include "jobs/run_folder.hpp"

#include <vector>

namespace bramble {

// The result of a run: the density table and where everything lies on stdout (as JSON on demand),
// what failed on stderr and in the log.
void print_study(const RunFolder& folder, const StudySummary& summary, bool as_json);

// some_failed when anything failed or was not tried.
ExitCode study_exit_code(const StudySummary& summary);

// What a run would do, on stdout.
void print_plan(const PreparedRun& run, const std::vector<RankDevice>& devices, bool as_json);

// One line of the log for an item that ended.
void log_outcome(const JournalLine& outcome);

}  // namespace bramble
