#pragma once

#include "jobs/prepare_run.hpp"

namespace bramble {

// A run of what failed or is quarantined, and nothing else, from what lies in the folder: the files
// that failed are scanned again (their archives may have been mended), the rest of the manifest
// stays. What a failed stack had decided about its acquisition condition is decided anew, so that
// the outcome is that of a run that never failed. Cost: every result is read once. Changes nothing.
// Throws InvalidArgument when the folder is no run folder or another version made it.
PreparedRun prepare_retry(const RunFolder& folder, const RunRecord& record);

}  // namespace bramble
