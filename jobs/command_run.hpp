#pragma once

#include "jobs/exit_code.hpp"
#include "jobs/input_options.hpp"

#include <optional>
#include <string>

namespace bramble {

struct RunOptions {
  InputOptions input;
  std::string out;
  std::string device = "auto";
  std::string progress = "auto";
  int num_threads = 0;  // per rank; 0: the processors of the node shared among its ranks
  bool print_config = false;
  bool dry_run = false;
  bool json = false;
  bool only_failed = false;         // bramble retry: of the folder `out`, with its own parameters
  std::optional<int> max_failures;  // more end the run
};

// `bramble run`: the whole way from archives to tables and report, in one process or as a rank of
// many. Resumes a folder that was interrupted. Prints the density table to stdout, messages to
// stderr.
ExitCode run_command(const RunOptions& options);

}  // namespace bramble
