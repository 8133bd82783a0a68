#pragma once

#include "kernels/core/counts.hpp"
#include "pipeline/records/manifest.hpp"
#include "pipeline/records/parameters.hpp"

#include <string>
#include <vector>

namespace bramble {

// The stacks of one archive file (format "two-photon-stack-archive", blueprint section 4), in the
// order of their labels, read from attributes alone. A stack that cannot be used (no or absurd
// voxel size, not 3-D, unknown type, unknown filter, channel not found, no session) is an entry
// with its `problem`; so is the whole file when it is no readable HDF5 archive. Never throws for
// bad input. Problems name file, HDF5 path, what was found, what was expected and what to do. `day`
// is the session's `day`, else hours_since_treatment / 24, else NaN.
std::vector<ManifestEntry> scan_archive(const std::string& file, const InputParameters& parameters);

// One stack's voxels, in counts as stored.
struct StackVoxels {
  Counts counts;             // on the host; 16 bits where they are stored in 16 or 8, else float
  std::string input_sha256;  // of the stored voxels, little-endian, in their own type
};

// Reads a whole stack with H5Dread. Throws DataError (file, path, what, what to do) when it cannot
// be read or is not of the shape the manifest says.
StackVoxels read_stack(const ManifestEntry& entry);

}  // namespace bramble
