#include "io/report_charts.hpp"

#include "io/html.hpp"
#include "io/svg_chart.hpp"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <set>
#include <tuple>

namespace bramble {
namespace {

// A session's place on the axis: by day, those without one behind by label.
using SessionKey = std::tuple<bool, double, std::string>;

SessionKey key_of(const GroupSession& session) {
  const bool no_day = std::isnan(session.day);
  return {no_day, no_day ? 0 : session.day, no_day ? session.session_id : ""};
}

ChartTick tick_of(const GroupSession& session) {
  return {session.day,
          std::isnan(session.day) ? session.session_id : fmt::format("{:.3g}", session.day)};
}

void add_session(ChartSeries& series, std::map<std::string, ChartLine>& animals,
                 const GroupSession& session, std::size_t tick, double AnimalRow::*member) {
  for (const AnimalRow* animal : session.animals) {
    if (std::isfinite(animal->*member)) {
      ChartLine& line = animals[animal->subject_id];
      line.name = animal->subject_id;
      line.points.push_back({tick, animal->*member});
    }
  }
  const MeanInterval mean = session.mean(member);
  if (mean.num_animals > 0) {
    series.means.push_back({tick, mean.mean, mean.ci_low, mean.ci_high});
  }
}

}  // namespace

std::vector<std::string> group_names(const std::vector<GroupSession>& sessions) {
  std::set<std::string> names;
  for (const GroupSession& session : sessions) {
    names.insert(session.group);
  }
  return {names.begin(), names.end()};
}

std::string group_legend(const std::vector<GroupSession>& sessions) {
  std::string html = "<p class=\"legend\">";
  std::size_t series = 0;
  for (const std::string& name : group_names(sessions)) {
    html += fmt::format("<span><i style=\"background:{}\"></i>{}</span>", series_color(series++),
                        escape_html(name.empty() ? "no group" : name));
  }
  return html + "</p>\n";
}

std::string measure_chart(const std::vector<GroupSession>& sessions, const std::string& region,
                          const ReportMeasure& measure) {
  std::map<SessionKey, ChartTick> ticks;
  for (const GroupSession& session : sessions) {
    if (session.region == region) {
      ticks.emplace(key_of(session), tick_of(session));
    }
  }
  Chart chart{.title = region.empty() ? measure.title : measure.title + ", " + region,
              .value_label = measure.value_label,
              .starts_at_zero = measure.starts_at_zero,
              .ticks = {},
              .series = {}};
  for (const auto& [key, tick] : ticks) {
    chart.ticks.push_back(tick);
  }
  bool has_values = false;
  for (const std::string& group : group_names(sessions)) {
    ChartSeries series{.name = group, .animals = {}, .means = {}};
    std::map<std::string, ChartLine> animals;
    for (const GroupSession& session : sessions) {
      if (session.region == region && session.group == group) {
        const auto tick =
            static_cast<std::size_t>(std::distance(ticks.begin(), ticks.find(key_of(session))));
        add_session(series, animals, session, tick, measure.member);
      }
    }
    for (auto& [subject_id, line] : animals) {
      series.animals.push_back(std::move(line));
    }
    has_values = has_values || !series.means.empty();
    chart.series.push_back(std::move(series));
  }
  return has_values ? svg_chart(chart) : "";
}

}  // namespace bramble
