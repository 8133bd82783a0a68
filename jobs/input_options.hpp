#pragma once

#include "kernels/core/geometry.hpp"
#include "pipeline/records/parameters.hpp"

#include <string>
#include <vector>

namespace bramble {

// What the commands that read archives have in common. Empty texts: not given.
struct InputOptions {
  std::vector<std::string> archives;
  std::string config;
  std::string channel;
  std::string voxel_size_um;
  std::string selection;
};

// Reads "1,0.1,0.1" (z, y, x). Throws InvalidArgument.
Spacing parse_voxel_size(const std::string& text);

// The configuration file's parameters with what the command line says in their place. Throws
// InvalidArgument.
Parameters resolve_parameters(const InputOptions& options);

}  // namespace bramble
