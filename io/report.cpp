#include "io/report.hpp"

#include "io/atomic_file.hpp"
#include "io/group_means.hpp"
#include "io/report_sections.hpp"
#include "io/report_style.hpp"

namespace bramble {

void write_report(const std::string& path, const ReportInput& input) {
  const StudyTables& tables = input.tables;
  const std::vector<GroupSession> sessions = gather_group_sessions(tables.animals);
  std::string html = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  html += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  html += "<title>bramble report</title>\n<style>";
  html += report_style;
  html += "</style>\n</head>\n<body>\n<main>\n";
  html += facts_section(tables);
  html += status_section(tables.stacks);
  html += density_section(sessions);
  html += turnover_section(sessions);
  html += contrast_section(tables.contrasts);
  html += animal_section(tables.animals);
  html += stack_section(tables.stacks);
  html += overlay_section(input.overlays);
  html += provenance_section(input.provenance);
  html += "</main>\n</body>\n</html>\n";
  write_text_atomically(path, html);
}

}  // namespace bramble
