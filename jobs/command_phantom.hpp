#pragma once

#include "jobs/exit_code.hpp"
#include "pipeline/records/phantom.hpp"

#include <string>

namespace bramble {

struct PhantomOptions {
  std::string out;
  PhantomParameters parameters;
};

// `bramble phantom`: writes a synthetic study, one archive per animal and session, and its ground
// truth.
ExitCode phantom_command(const PhantomOptions& options);

// The parameters of a ready-made study: "study" (the default) or "tiny" (two animals, two sessions,
// small stacks: seconds to analyse). Throws InvalidArgument for another name.
PhantomParameters phantom_preset(const std::string& name);

}  // namespace bramble
