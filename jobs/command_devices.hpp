#pragma once

#include "jobs/exit_code.hpp"

namespace bramble {

struct DevicesOptions {
  bool json = false;
};

// `bramble devices`: what every rank could compute on, on stdout: host, processors, CPU model and
// CUDA devices.
ExitCode devices_command(const DevicesOptions& options);

}  // namespace bramble
