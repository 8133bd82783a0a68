#pragma once

#include "pipeline/records/provenance.hpp"
#include "pipeline/records/study_tables.hpp"

#include <string>
#include <vector>

namespace bramble {

struct ReportInput {
  StudyTables tables;
  Provenance provenance;
  std::vector<std::string> overlays;  // paths relative to the report
};

// Writes one self-contained HTML page that opens offline: density and turnover over days per group
// with their intervals (inline SVG), the contrasts, the tables' numbers, failed stacks with their
// reasons, links to overlays. Committed by rename.
void write_report(const std::string& path, const ReportInput& input);

}  // namespace bramble
