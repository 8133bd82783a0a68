#pragma once

#include "jobs/communicator.hpp"
#include "jobs/exit_code.hpp"

#include <functional>
#include <string>

namespace bramble {

// What came of something that one rank did for all.
struct SharedStep {
  ExitCode code = ExitCode::complete;  // anything else: every rank leaves with it
  std::string text;                    // what rank 0 tells the others
};

// Runs `step` on rank 0 and gives its text to every rank. An exception is reported on stderr and in
// the log, once, and becomes the code that all ranks get: nobody waits for a rank that gave up.
// Collective.
SharedStep on_rank_0(const Communicator& ranks, const std::function<std::string()>& step);

// Writes "bramble: <message>" to stderr and the log.
void report_error(const std::string& message);

}  // namespace bramble
