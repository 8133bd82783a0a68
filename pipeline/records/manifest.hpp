#pragma once

#include "pipeline/records/acquisition.hpp"
#include "pipeline/records/identity.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace bramble {

// One stack that an archive holds, or one place where a stack or a whole file could not be read
// (then `problem` says why).
struct ManifestEntry {
  StackIdentity identity;
  Acquisition acquisition;
  std::int64_t stored_bytes = 0;
  std::string problem;  // empty: usable
};

// The stacks of one field of view.
struct ManifestField {
  std::string field_id;
  std::string subject_id;
  std::string fov;
  std::vector<std::string> stack_ids;  // by day, then session id
};

// Everything that a run will touch.
struct Manifest {
  std::vector<ManifestEntry>
      stacks;  // by subject, session, fov, channel; then the unreadable ones by file and path
  std::vector<ManifestField> fields;  // by subject, then fov
};

}  // namespace bramble
