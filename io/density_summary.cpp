#include "io/group_means.hpp"
#include "io/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace bramble {
namespace {

constexpr std::size_t num_columns = 10;
using Line = std::array<std::string, num_columns>;

std::string fixed(double value, int digits) {
  return std::isnan(value) ? "n/a" : fmt::format("{:.{}f}", value, digits);
}

std::string text_or_na(const std::string& text) { return text.empty() ? "n/a" : text; }

Line summary_line(const GroupSession& session) {
  int num_dendrites = 0;
  int num_spines = 0;
  for (const AnimalRow* animal : session.animals) {
    num_dendrites += animal->n_dendrites;
    num_spines += animal->n_spines;
  }
  MeanInterval density = session.mean(&AnimalRow::density_per_um);
  std::string mark;
  if (session.animals.size() == 1) {
    density.ci_low = session.animals.front()->density_ci_low;
    density.ci_high = session.animals.front()->density_ci_high;
    mark = "*";
  }
  const std::string interval =
      std::isnan(density.ci_low)
          ? "n/a"
          : fmt::format("{:.3f}..{:.3f}{}", density.ci_low, density.ci_high, mark);
  return {text_or_na(session.group),
          text_or_na(session.region),
          text_or_na(session.session_id),
          std::isnan(session.day) ? "n/a" : fmt::format("{:g}", session.day),
          fmt::format("{}", session.animals.size()),
          fmt::format("{}", num_dendrites),
          fmt::format("{}", num_spines),
          fixed(density.mean, 3),
          interval,
          fixed(session.mean(&AnimalRow::fold_change).mean, 3)};
}

// Texts to the left, numbers to the right.
std::string format_lines(const std::vector<Line>& lines) {
  constexpr std::size_t num_text_columns = 3;
  std::array<std::size_t, num_columns> widths{};
  for (const Line& line : lines) {
    for (std::size_t i = 0; i < num_columns; ++i) {
      widths[i] = std::max(widths[i], line[i].size());
    }
  }
  std::string text;
  for (const Line& line : lines) {
    for (std::size_t i = 0; i < num_columns; ++i) {
      text += i < num_text_columns ? fmt::format("{:<{}}", line[i], widths[i])
                                   : fmt::format("{:>{}}", line[i], widths[i]);
      text += i + 1 < num_columns ? "  " : "\n";
    }
  }
  return text;
}

}  // namespace

std::string density_summary(const StudyTables& tables) {
  if (tables.animals.empty()) {
    return "no animal has a density\n";
  }
  std::vector<Line> lines{{"group", "region", "session", "day", "animals", "dendrites", "spines",
                           "density/um", "95 % interval", "fold"}};
  bool has_single_animals = false;
  for (const GroupSession& session : gather_group_sessions(tables.animals)) {
    lines.push_back(summary_line(session));
    has_single_animals = has_single_animals || session.animals.size() == 1;
  }
  std::string text = format_lines(lines);
  if (has_single_animals) {
    text += "* one animal: interval between its dendrites, not between animals\n";
  }
  return text;
}

}  // namespace bramble
