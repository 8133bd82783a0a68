#pragma once

#include "jobs/journal.hpp"
#include "jobs/run_folder.hpp"
#include "pipeline/records/manifest.hpp"
#include "pipeline/records/study_tables.hpp"

#include <map>
#include <string>
#include <vector>

namespace bramble {

// The last that the journals say of each id, stacks and fields alike.
using LatestLines = std::map<std::string, JournalLine>;
LatestLines latest_lines(const std::vector<JournalLine>& journal);

// The row of stacks.tsv of one entry of the manifest. Status "done" when its result is on disk,
// whatever the journal says; else "failed", "excluded" or, when nobody has tried, "pending", with
// the reason as message.
StackRow stack_row(const RunFolder& folder, const ManifestEntry& entry, const LatestLines& latest);

}  // namespace bramble
