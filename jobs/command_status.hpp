#pragma once

#include "jobs/exit_code.hpp"

#include <string>

namespace bramble {

struct StatusOptions {
  std::string folder;
  bool json = false;
};

// `bramble status`: how far the run in a folder is, while it goes on and after. `complete` whenever
// it can be told.
ExitCode status_command(const StatusOptions& options);

}  // namespace bramble
