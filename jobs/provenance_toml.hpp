#pragma once

#include "pipeline/records/provenance.hpp"

#include <string>

namespace bramble {

// The [provenance] table of run.toml; input_sha256 is not part of it.
std::string provenance_to_toml(const Provenance& provenance);

// Throws InvalidArgument when the file cannot be read or has no such table.
Provenance read_provenance(const std::string& path);

}  // namespace bramble
