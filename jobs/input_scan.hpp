#pragma once

#include "pipeline/records/manifest.hpp"
#include "pipeline/records/parameters.hpp"

#include <string>
#include <vector>

namespace bramble {

// The archive files that arguments stand for: a folder stands for the *.h5 files in it, sorted; a
// file named twice counts once. Names that do not exist stay, so that the scan can say so.
std::vector<std::string> expand_archives(const std::vector<std::string>& arguments);

// Scans all of them: their stacks, and what cannot be used with the reason.
Manifest scan_inputs(const std::vector<std::string>& arguments, const InputParameters& parameters);

// How much of a manifest a run can use.
struct ManifestCounts {
  int num_usable = 0;
  int num_excluded = 0;
  int num_unusable = 0;
};
ManifestCounts count_entries(const Manifest& manifest);

// One line per entry that is neither usable nor excluded: its reason, which names file and place.
std::vector<std::string> unusable_entries(const Manifest& manifest);

}  // namespace bramble
