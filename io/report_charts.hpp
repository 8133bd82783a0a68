#pragma once

#include "io/group_means.hpp"
#include "pipeline/records/study_tables.hpp"

#include <string>
#include <vector>

namespace bramble {

struct ReportMeasure {
  double AnimalRow::*member;
  std::string title;
  std::string value_label;
  bool starts_at_zero;
};

// The groups in the order of their colours.
std::vector<std::string> group_names(const std::vector<GroupSession>& sessions);

// A coloured dot and the name of every group.
std::string group_legend(const std::vector<GroupSession>& sessions);

// A measure over the sessions of one region as an SVG element; empty when no animal has a value.
std::string measure_chart(const std::vector<GroupSession>& sessions, const std::string& region,
                          const ReportMeasure& measure);

}  // namespace bramble
