#include "pipeline/study/contrasts.hpp"

#include "pipeline/records/flags.hpp"
#include "pipeline/study/field_order.hpp"
#include "pipeline/study/permutation.hpp"
#include "pipeline/study/welch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <tuple>

namespace bramble {

namespace {

// Below this an interval is true to its level but wide, and one animal decides the outcome
// (science 1.5, 2.3).
constexpr int enough_animals = 5;

struct Measure {
  const char* name;
  double AnimalRow::*value;
};

constexpr std::array<Measure, 4> measures{{{"fold_change", &AnimalRow::fold_change},
                                           {"density_per_um", &AnimalRow::density_per_um},
                                           {"formation_frac", &AnimalRow::formation_frac},
                                           {"elimination_frac", &AnimalRow::elimination_frac}}};

// All animals seen in one region and session after their baseline, by group; rows keep the order of
// the animals.
struct Timepoint {
  std::string region, session_id;
  double day = not_available;
  std::map<std::string, std::vector<const AnimalRow*>> rows_of_group;
};

std::vector<Timepoint> timepoints_of(const std::vector<AnimalSession>& sessions) {
  std::map<std::pair<std::string, std::string>, Timepoint> by_key;
  for (const AnimalSession& session : sessions) {
    const AnimalRow& row = session.row;
    if (session.baseline) {
      continue;
    }
    Timepoint& point = by_key[{row.region, row.session_id}];
    point.region = row.region;
    point.session_id = row.session_id;
    point.rows_of_group[row.group].push_back(&row);
    // Animals may differ by hours within a session; the earliest stands for it.
    point.day = day_before(point.day, row.day) ? point.day : row.day;
  }
  std::vector<Timepoint> points;
  for (auto& [key, point] : by_key) {
    points.push_back(std::move(point));
  }
  std::stable_sort(points.begin(), points.end(), [](const Timepoint& a, const Timepoint& b) {
    return a.region != b.region ? a.region < b.region : day_before(a.day, b.day);
  });
  return points;
}

struct Arm {
  std::vector<double> values;
  bool in_several_groups = false;
};

Arm arm_of(const Timepoint& point, const std::string& group, const Measure& measure) {
  Arm arm;
  const auto rows = point.rows_of_group.find(group);
  if (rows == point.rows_of_group.end()) {
    return arm;
  }
  for (const AnimalRow* row : rows->second) {
    const double value = row->*measure.value;
    if (!std::isnan(value)) {
      arm.values.push_back(value);
      arm.in_several_groups = arm.in_several_groups || has_flag(row->flags, "in_several_groups");
    }
  }
  return arm;
}

void compare(ContrastRow& row, const Arm& treated, const Arm& control, double confidence) {
  const MeanDifference difference =
      welch_difference(sample_moments(treated.values), sample_moments(control.values), confidence);
  row.estimate = difference.estimate;
  row.se = difference.se;
  row.df = difference.df;
  row.ci_low = difference.interval.low;
  row.ci_high = difference.interval.high;
  row.hedges_g = difference.hedges_g;
  row.n_animals = static_cast<int>(treated.values.size());
  row.n_animals_control = static_cast<int>(control.values.size());
  const int fewest = std::min(row.n_animals, row.n_animals_control);
  if (fewest >= 2) {
    const PermutationResult permutation = permutation_test(treated.values, control.values);
    row.p_permutation = permutation.p;
    row.flags = with_flag(row.flags, permutation.exact ? "" : "permutation_sampled");
  }
  row.flags = with_flag(row.flags, fewest < enough_animals ? "few_animals" : "");
  row.flags = with_flag(row.flags, std::isnan(row.ci_low) ? "no_interval" : "");
  row.flags = with_flag(row.flags, fewest == 0 ? "missing_arm" : "");
  row.flags = with_flag(row.flags, treated.in_several_groups || control.in_several_groups
                                       ? "animal_in_several_groups"
                                       : "");
}

}  // namespace

std::vector<ContrastRow> contrast_rows(const std::vector<AnimalSession>& sessions,
                                       const StudyParameters& parameters) {
  std::set<std::string> groups;
  for (const AnimalSession& session : sessions) {
    groups.insert(session.row.group);
  }
  const std::string& control_group = parameters.control_group;
  if (control_group.empty() || !groups.contains(control_group)) {
    return {};
  }
  groups.erase(control_group);
  groups.erase("");
  std::vector<ContrastRow> rows;
  for (const Timepoint& point : timepoints_of(sessions)) {
    for (const Measure& measure : measures) {
      const Arm control = arm_of(point, control_group, measure);
      for (const std::string& group : groups) {
        const Arm treated = arm_of(point, group, measure);
        if (treated.values.empty() && control.values.empty()) {
          continue;
        }
        ContrastRow row{.region = point.region,
                        .session_id = point.session_id,
                        .day = point.day,
                        .measure = measure.name,
                        .group = group,
                        .control = control_group,
                        .method = "welch_t",
                        .flags = {}};
        compare(row, treated, control, parameters.confidence);
        rows.push_back(row);
      }
    }
  }
  return rows;
}

}  // namespace bramble
