#include "io/html.hpp"
#include "io/report_sections.hpp"
#include "io/report_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>

namespace bramble {
namespace {

std::vector<StackRow> unfinished(const std::vector<StackRow>& stacks) {
  std::vector<StackRow> rows = stacks;
  std::erase_if(rows, [](const StackRow& row) { return row.status == "done"; });
  return rows;
}

// A message begins with file and place, which have their own columns here.
std::string reason_of(const StackRow& row) {
  std::string_view reason = row.message;
  if (reason.starts_with("excluded: ")) {
    reason.remove_prefix(std::string_view("excluded: ").size());
  }
  for (const std::string& place : {row.file, row.path}) {
    const std::string prefix = place + ": ";
    if (!place.empty() && reason.starts_with(prefix)) {
      reason.remove_prefix(prefix.size());
    }
  }
  return std::string(reason);
}

HtmlTable reason_table(const std::vector<StackRow>& rows) {
  HtmlTable table{.header = {"file", "place", "status", "reason"}, .hints = {}, .rows = {}};
  for (const StackRow& row : rows) {
    table.rows.push_back({row.file, row.path, row.status, reason_of(row)});
  }
  return table;
}

std::string code_line(const char* name, const std::string& value) {
  return value.empty() ? ""
                       : fmt::format("<tr><td>{}</td><td><code>{}</code></td></tr>\n", name,
                                     escape_html(value));
}

}  // namespace

std::string short_cell(const std::string& cell) {
  if (cell.find('.') == std::string::npos) {
    return cell;
  }
  double number = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
  const bool is_number = error == std::errc() && end == cell.data() + cell.size();
  return is_number ? fmt::format("{:.4g}", number) : cell;
}

std::string status_section(const std::vector<StackRow>& stacks) {
  const std::vector<StackRow> rest = unfinished(stacks);
  const auto num_excluded = static_cast<std::size_t>(std::ranges::count_if(
      rest, [](const StackRow& row) { return row.message.starts_with("excluded:"); }));
  const std::size_t num_failed = rest.size() - num_excluded;
  std::string html =
      fmt::format("<section class=\"{}\">\n<h2>Status</h2>\n<p>{} of {} stacks were analysed",
                  num_failed == 0 ? "good" : "bad", stacks.size() - rest.size(), stacks.size());
  if (num_failed > 0) {
    html += fmt::format("; <b>{} failed and are missing from every number below</b>", num_failed);
  }
  if (num_excluded > 0) {
    html += fmt::format("; {} were left out because the archive calls them bad", num_excluded);
  }
  html += ".</p>\n";
  return html + (rest.empty() ? "" : html_table(reason_table(rest))) + "</section>\n";
}

std::string stack_section(const std::vector<StackRow>& stacks) {
  if (stacks.empty()) {
    return "";
  }
  return "<section>\n<details><summary>Every stack</summary>\n" +
         html_table(report_table(stack_columns(), stacks)) + "</details>\n</section>\n";
}

std::string overlay_section(const std::vector<std::string>& overlays) {
  if (overlays.empty()) {
    return "";
  }
  std::string html =
      "<section>\n<h2>Overlays</h2>\n<p class=\"key soft\">Brightest value over depth with what "
      "was "
      "found on it: dendrites in blue, spines"
      "<i style=\"background:#ffeb33\"></i>thin<i style=\"background:#ff8c1a\"></i>stubby"
      "<i style=\"background:#ff4de6\"></i>mushroom<i style=\"background:#59ff66\"></i>filopodium"
      "<i style=\"background:#d9d9d9\"></i>below the reporting threshold. The white bar is 10 "
      "um.</p>\n"
      "<div class=\"pictures\">\n";
  for (const std::string& overlay : overlays) {
    html += fmt::format("<a href=\"{0}\"><img loading=\"lazy\" src=\"{0}\" alt=\"\">{1}</a>\n",
                        escape_url(overlay),
                        escape_html(std::filesystem::path(overlay).stem().string()));
  }
  return html + "</div>\n</section>\n";
}

std::string provenance_section(const Provenance& provenance) {
  return "<section>\n<h2>How this was made</h2>\n"
         "<p class=\"soft\">The tables beside this page (tables/*.tsv, each with a .json "
         "dictionary) "
         "hold every number with six digits; run.toml holds every parameter.</p>\n"
         "<div class=\"scroll\"><table>\n" +
         code_line("bramble", provenance.version) + code_line("commit", provenance.commit) +
         code_line("parameters (SHA-256)", provenance.parameters_hash) +
         code_line("backend", provenance.backend) + code_line("processor", provenance.processor) +
         "</table></div>\n</section>\n";
}

}  // namespace bramble
