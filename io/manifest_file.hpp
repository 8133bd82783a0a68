#pragma once

#include "pipeline/records/manifest.hpp"

#include <string>
#include <vector>

namespace bramble {

// Gives every usable stack its stack_id (one with a problem has none) and all their `fov` label,
// refuses duplicates (as entries with a problem that names both files), leaves out what its archive
// calls bad, sorts, and gathers fields. Scanned entries have the chunk label as their `fov`. The
// result does not depend on the order of the entries, and a manifest made of a manifest's entries
// is the same one.
Manifest make_manifest(std::vector<ManifestEntry> entries);

// True for a stack with qc_status "bad": its problem begins with "excluded:". The scientist left it
// out on purpose, so it is no failure.
bool is_excluded(const ManifestEntry& entry);

// As JSON. Reading throws DataError; `source` names the text in messages.
std::string manifest_to_text(const Manifest& manifest);
Manifest manifest_from_text(const std::string& text, const std::string& source);

// The same in a file; committed by rename.
void write_manifest(const std::string& path, const Manifest& manifest);
Manifest read_manifest(const std::string& path);  // throws DataError

}  // namespace bramble
