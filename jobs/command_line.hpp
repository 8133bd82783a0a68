#pragma once

#include "jobs/command_devices.hpp"
#include "jobs/command_evaluate.hpp"
#include "jobs/command_phantom.hpp"
#include "jobs/command_plan.hpp"
#include "jobs/command_psf.hpp"
#include "jobs/command_reduce.hpp"
#include "jobs/command_run.hpp"
#include "jobs/command_scan.hpp"
#include "jobs/command_status.hpp"
#include "jobs/exit_code.hpp"

#include <variant>

namespace bramble {

// What the command line asks for: one command with its options, or, when help or the version was
// asked for and printed or the line was wrong, only the code to end with.
using Command = std::variant<ExitCode, RunOptions, ScanOptions, PlanOptions, ReduceOptions,
                             StatusOptions, EvaluateOptions, DevicesOptions, PhantomOptions,
                             PsfWriteOptions, PsfShowOptions, PsfEstimateOptions>;

// Prints help and version to stdout and mistakes to stderr, on the first rank of a job only.
Command parse_command_line(int argc, const char* const* argv);

}  // namespace bramble
