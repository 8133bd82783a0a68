#include "io/html.hpp"
#include "io/report_charts.hpp"
#include "io/report_sections.hpp"
#include "io/report_table.hpp"
#include "io/table_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace bramble {
namespace {

std::set<std::string> regions_of(const std::vector<GroupSession>& sessions) {
  std::set<std::string> regions;
  for (const GroupSession& session : sessions) {
    regions.insert(session.region);
  }
  return regions;
}

std::string charts(const std::vector<GroupSession>& sessions,
                   const std::vector<ReportMeasure>& measures) {
  std::string html = group_legend(sessions) + "<div class=\"charts\">\n";
  for (const std::string& region : regions_of(sessions)) {
    for (const ReportMeasure& measure : measures) {
      html += measure_chart(sessions, region, measure);
    }
  }
  return html + "</div>\n";
}

std::string rounded(double value, int digits) {
  return std::isnan(value) ? "n/a" : fmt::format("{:.{}f}", value, digits);
}

std::string interval(double low, double high, int digits) {
  return std::isnan(low) || std::isnan(high)
             ? "n/a"
             : fmt::format("{:.{}f}..{:.{}f}", low, digits, high, digits);
}

int sum(const GroupSession& session, int AnimalRow::*count) {
  int total = 0;
  for (const AnimalRow* animal : session.animals) {
    total += animal->*count;
  }
  return total;
}

// Thin, stubby, mushroom and filopodia as parts of all spines.
std::string class_shares(const GroupSession& session) {
  const int total = sum(session, &AnimalRow::n_spines);
  if (total == 0) {
    return "n/a";
  }
  const auto percent = [&](int AnimalRow::*count) { return 100.0 * sum(session, count) / total; };
  return fmt::format("{:.0f} / {:.0f} / {:.0f} / {:.0f}", percent(&AnimalRow::n_thin),
                     percent(&AnimalRow::n_stubby), percent(&AnimalRow::n_mushroom),
                     percent(&AnimalRow::n_filopodium));
}

HtmlTable group_table(const std::vector<GroupSession>& sessions) {
  HtmlTable table{.header = {"group", "region", "session", "day", "animals", "dendrites", "spines",
                             "density per um", "95 % interval", "fold change", "formation %",
                             "elimination %", "thin / stubby / mushroom / filopodia %"},
                  .hints = {},
                  .rows = {}};
  for (const GroupSession& session : sessions) {
    const MeanInterval density = session.mean(&AnimalRow::density_per_um);
    table.rows.push_back(
        {cell_text(std::string_view(session.group)), cell_text(std::string_view(session.region)),
         cell_text(std::string_view(session.session_id)), cell_text(session.day),
         fmt::format("{}", session.animals.size()),
         fmt::format("{}", sum(session, &AnimalRow::n_dendrites)),
         fmt::format("{}", sum(session, &AnimalRow::n_spines)), rounded(density.mean, 3),
         interval(density.ci_low, density.ci_high, 3),
         rounded(session.mean(&AnimalRow::fold_change).mean, 3),
         rounded(100 * session.mean(&AnimalRow::formation_frac).mean, 1),
         rounded(100 * session.mean(&AnimalRow::elimination_frac).mean, 1), class_shares(session)});
  }
  return table;
}

HtmlTable contrast_table(const std::vector<ContrastRow>& contrasts) {
  HtmlTable table{
      .header = {"region", "session", "day", "measure", "comparison", "estimate", "interval", "df",
                 "animals", "Hedges g", "p (permutation)", "method", "flags"},
      .hints = {},
      .rows = {}};
  for (const ContrastRow& row : contrasts) {
    table.rows.push_back(
        {cell_text(std::string_view(row.region)), cell_text(std::string_view(row.session_id)),
         cell_text(row.day), row.measure, row.group + " less " + row.control,
         rounded(row.estimate, 4), interval(row.ci_low, row.ci_high, 4), rounded(row.df, 1),
         fmt::format("{} / {}", row.n_animals, row.n_animals_control), rounded(row.hedges_g, 2),
         rounded(row.p_permutation, 4), row.method, row.flags});
  }
  return table;
}

std::string few_animals_note(const std::vector<GroupSession>& sessions) {
  constexpr std::size_t enough_animals = 5;
  const bool few = std::ranges::any_of(
      sessions, [](const GroupSession& s) { return s.animals.size() < enough_animals; });
  return few ? "<p class=\"note\">Some groups have fewer than 5 animals: their intervals are wide "
               "and rest on the assumption that animals are normally distributed.</p>\n"
             : "";
}

std::string fact(const std::string& value, const std::string& name) {
  return fmt::format("<div><b>{}</b><span>{}</span></div>\n", value, name);
}

}  // namespace

std::string facts_section(const StudyTables& tables) {
  std::set<std::string> animals;
  std::set<std::string> groups;
  std::set<std::string> sessions;
  double length_um = 0;
  int num_spines = 0;
  for (const AnimalRow& row : tables.animals) {
    animals.insert(row.subject_id);
    groups.insert(row.group);
    sessions.insert(row.session_id);
    length_um += row.length_um;
    num_spines += row.n_spines;
  }
  constexpr double um_per_mm = 1000;
  return "<h1>Dendritic spines over time</h1>\n"
         "<p class=\"soft\">Density, turnover and shape of dendritic spines per animal, region and "
         "session.</p>\n<div class=\"facts\">\n" +
         fact(fmt::format("{}", animals.size()), "animals") +
         fact(fmt::format("{}", groups.size()), "groups") +
         fact(fmt::format("{}", sessions.size()), "sessions") +
         fact(fmt::format("{}", tables.stacks.size()), "stacks") +
         fact(fmt::format("{:.2f} mm", length_um / um_per_mm), "dendrite scored") +
         fact(fmt::format("{}", num_spines), "spine observations") + "</div>\n";
}

std::string density_section(const std::vector<GroupSession>& sessions) {
  std::string html = "<section>\n<h2>Spine density</h2>\n";
  if (sessions.empty()) {
    return html + "<p>No animal has a density: no stack was analysed.</p>\n</section>\n";
  }
  html +=
      "<p class=\"soft\">Small points are animals, joined over sessions; large points are group "
      "means with 95 % intervals over animals (Student's t). The dashed line is the treatment; "
      "an arrow ends an interval that goes on beyond the chart.</p>\n";
  html += few_animals_note(sessions);
  html += charts(sessions, {{.member = &AnimalRow::density_per_um,
                             .title = "Spine density",
                             .value_label = "spines per um",
                             .starts_at_zero = false},
                            {.member = &AnimalRow::fold_change,
                             .title = "Density over baseline",
                             .value_label = "fold change",
                             .starts_at_zero = false}});
  return html + html_table(group_table(sessions)) + "</section>\n";
}

std::string turnover_section(const std::vector<GroupSession>& sessions) {
  if (sessions.empty()) {
    return "";
  }
  return "<section>\n<h2>Formation and elimination</h2>\n"
         "<p class=\"soft\">Spines gained and lost since the session before, over the spines of "
         "that session. A spine counts as lost only where it would have been visible.</p>\n" +
         charts(sessions, {{.member = &AnimalRow::formation_frac,
                            .title = "Formation",
                            .value_label = "gained / spines before",
                            .starts_at_zero = true},
                           {.member = &AnimalRow::elimination_frac,
                            .title = "Elimination",
                            .value_label = "lost / spines before",
                            .starts_at_zero = true}}) +
         "</section>\n";
}

std::string contrast_section(const std::vector<ContrastRow>& contrasts) {
  std::string html = "<section>\n<h2>Contrasts between groups</h2>\n";
  if (contrasts.empty()) {
    return html +
           "<p>No contrasts: name the control arm with study.control_group to get them.</p>\n"
           "</section>\n";
  }
  return html +
         "<p class=\"soft\">Change from baseline in the group less that in the control; the animal "
         "is "
         "the unit.</p>\n" +
         html_table(contrast_table(contrasts)) + "</section>\n";
}

std::string animal_section(const std::vector<AnimalRow>& animals) {
  if (animals.empty()) {
    return "";
  }
  return "<section>\n<details><summary>Every animal and session</summary>\n" +
         html_table(report_table(animal_columns(), animals)) + "</details>\n</section>\n";
}

}  // namespace bramble
