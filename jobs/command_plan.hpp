#pragma once

#include "jobs/exit_code.hpp"
#include "jobs/input_options.hpp"

#include <string>

namespace bramble {

struct PlanOptions {
  InputOptions input;
  double memory_gb = 0;  // of one rank, in 10^9 bytes; 0: of this machine
  std::string device = "cpu";
  int num_threads = 1;
  bool json = false;
};

// `bramble plan`: what restoring the archives' stacks takes in memory, and the tile that a run
// needs where a rank has less, as the line for its parameters. some_failed when some stacks cannot
// be restored with that memory, nothing_usable when there is none that can be used.
ExitCode plan_command(const PlanOptions& options);

}  // namespace bramble
