#pragma once

#include "jobs/exit_code.hpp"

#include <string>

namespace bramble {

struct ReduceOptions {
  std::string folder;
  bool json = false;
};

// `bramble reduce`: tables and report again from the results that a run folder holds. some_failed
// when stacks failed or were not tried yet.
ExitCode reduce_command(const ReduceOptions& options);

}  // namespace bramble
