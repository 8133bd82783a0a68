#pragma once

#include "jobs/run_folder.hpp"
#include "pipeline/records/manifest.hpp"
#include "pipeline/records/study_tables.hpp"

#include <string>
#include <vector>

namespace bramble {

// What a run came to.
struct StudySummary {
  StudyTables tables;
  int num_done = 0;
  int num_failed = 0;                 // stacks, unreadable files and fields
  int num_excluded = 0;               // by decision, as the archive says
  int num_pending = 0;                // stacks that nobody has tried yet
  std::vector<std::string> failures;  // one line each: what failed, where, why
};

// Makes the tables, the report and timings.tsv from what lies in the folder: results on disk and,
// for what has none, the journals. Reads in sorted order, so that equal results give equal tables
// whoever computed them when. Cost: every result file is read once.
StudySummary reduce_study(const RunFolder& folder, const Manifest& manifest,
                          const RunRecord& record);

}  // namespace bramble
