#pragma once

#include "jobs/item_history.hpp"
#include "jobs/run_folder.hpp"
#include "pipeline/records/manifest.hpp"
#include "pipeline/records/study_tables.hpp"

namespace bramble {

// The row of stacks.tsv of one entry of the manifest. Status "done" when its result is on disk,
// whatever the journal says; else "quarantined", "failed", "excluded" or, when nobody has
// tried, "pending", with the reason as message.
StackRow stack_row(const RunFolder& folder, const ManifestEntry& entry,
                   const ItemHistories& histories);

}  // namespace bramble
