#pragma once

#include "io/group_means.hpp"
#include "io/report.hpp"

#include <string>
#include <vector>

namespace bramble {

// The parts of the report, each a piece of HTML, in the order in which they are read.
std::string facts_section(const StudyTables& tables);
// Failures first: how many stacks are done, and why the others are not.
std::string status_section(const std::vector<StackRow>& stacks);
std::string density_section(const std::vector<GroupSession>& sessions);
std::string turnover_section(const std::vector<GroupSession>& sessions);
std::string contrast_section(const std::vector<ContrastRow>& contrasts);
std::string animal_section(const std::vector<AnimalRow>& animals);
std::string stack_section(const std::vector<StackRow>& stacks);
std::string overlay_section(const std::vector<std::string>& overlays);
std::string provenance_section(const Provenance& provenance);

}  // namespace bramble
