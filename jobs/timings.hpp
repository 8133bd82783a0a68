#pragma once

#include "jobs/journal.hpp"

#include <string>
#include <vector>

namespace bramble {

// Writes timings.tsv: one line per stage of each item that was done, by id, the latest attempt of
// each; stages in the order they ran. The stages of a field stand under its field id. The only
// table that may differ between runs.
void write_timings(const std::string& path, const std::vector<JournalLine>& journal);

}  // namespace bramble
