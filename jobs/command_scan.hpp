#pragma once

#include "jobs/exit_code.hpp"
#include "jobs/input_options.hpp"

#include <string>

namespace bramble {

struct ScanOptions {
  InputOptions input;
  std::string out;  // of the manifest; empty: none is written
  bool json = false;
};

// `bramble scan`: what the archives hold, as a table or as the manifest's JSON on stdout; what
// cannot be used on stderr. some_failed when something cannot be used, nothing_usable when nothing
// can.
ExitCode scan_command(const ScanOptions& options);

}  // namespace bramble
