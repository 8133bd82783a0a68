#include "pipeline/study/animals.hpp"

#include "kernels/core/error.hpp"
#include "pipeline/records/flags.hpp"
#include "pipeline/study/field_order.hpp"
#include "pipeline/study/welch.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace bramble {

namespace {

// The sessions of one animal in one group and region.
struct CourseKey {
  std::string subject_id, group, region;

  friend bool operator<(const CourseKey& a, const CourseKey& b) {
    return std::tie(a.subject_id, a.group, a.region) < std::tie(b.subject_id, b.group, b.region);
  }
};

// What is added up for one session of a course.
struct SessionSums {
  AnimalRow row;
  std::vector<double> densities;
  int n_from = 0;
  int n_gained = 0;
  int n_lost = 0;
};

using Course = std::map<std::string, SessionSums>;  // by session id
using Courses = std::map<CourseKey, Course>;

Courses make_courses(const std::vector<FieldResult>& fields) {
  Courses courses;
  for (const FieldResult& field : fields) {
    for (std::size_t i = 0; i < field.sessions.size(); ++i) {
      const StackIdentity& identity = field.sessions[i].identity;
      const std::string& group = group_of(field, static_cast<int>(i));
      AnimalRow& row = courses[{field.subject_id, group, field.region}][identity.session_id].row;
      row.subject_id = field.subject_id;
      row.group = group;
      row.region = field.region;
      row.session_id = identity.session_id;
      // Fields of one session may differ by minutes; the earliest stands for the session.
      row.day = day_before(row.day, identity.day) ? row.day : identity.day;
      ++row.n_fields;
    }
  }
  return courses;
}

void add_dendrite(SessionSums& sums, const DendriteRow& dendrite) {
  AnimalRow& row = sums.row;
  ++row.n_dendrites;
  row.length_um += dendrite.length_usable_um;
  row.n_spines += dendrite.n_spines;
  row.n_thin += dendrite.n_thin;
  row.n_stubby += dendrite.n_stubby;
  row.n_mushroom += dendrite.n_mushroom;
  row.n_filopodium += dendrite.n_filopodium;
  if (dendrite.length_usable_um > 0) {
    sums.densities.push_back(dendrite.density_per_um);
  }
}

double ratio(double numerator, double denominator) {
  return denominator > 0 ? numerator / denominator : not_available;
}

void compute_row(SessionSums& sums, double confidence) {
  AnimalRow& row = sums.row;
  row.density_per_um = ratio(row.n_spines, row.length_um);
  const SampleMoments moments = sample_moments(sums.densities);
  const Interval interval = mean_interval(moments, confidence);
  row.density_sd = moments.sd;
  row.density_ci_low = interval.low;
  row.density_ci_high = interval.high;
  row.formation_frac = ratio(sums.n_gained, sums.n_from);
  row.elimination_frac = ratio(sums.n_lost, sums.n_from);
}

std::vector<AnimalSession> sessions_by_day(const Course& course) {
  std::vector<AnimalSession> sessions;
  for (const auto& [session_id, sums] : course) {
    sessions.push_back({.row = sums.row});
  }
  // Stable: sessions of the same day stay in the order of their ids.
  std::stable_sort(sessions.begin(), sessions.end(),
                   [](const AnimalSession& a, const AnimalSession& b) {
                     return day_before(a.row.day, b.row.day);
                   });
  return sessions;
}

void mark_baseline(std::vector<AnimalSession>& sessions, const std::string& baseline) {
  bool any_before = false;
  for (AnimalSession& session : sessions) {
    session.baseline = baseline == "mean_pre" && session.row.day < 0;
    any_before = any_before || session.baseline;
  }
  if (any_before) {
    return;
  }
  sessions.front().baseline = true;
  if (baseline == "mean_pre") {
    for (AnimalSession& session : sessions) {
      session.row.flags = with_flag(session.row.flags, "baseline_first_session");
    }
  }
}

void compute_fold_changes(std::vector<AnimalSession>& sessions) {
  double length_um = 0;
  int n_spines = 0;
  for (const AnimalSession& session : sessions) {
    length_um += session.baseline ? session.row.length_um : 0;
    n_spines += session.baseline ? session.row.n_spines : 0;
  }
  const double baseline_per_um = ratio(n_spines, length_um);
  for (AnimalSession& session : sessions) {
    session.row.fold_change = ratio(session.row.density_per_um, baseline_per_um);
  }
}

std::map<std::string, std::set<std::string>> groups_of_subjects(const Courses& courses) {
  std::map<std::string, std::set<std::string>> groups;
  for (const auto& [key, course] : courses) {
    groups[key.subject_id].insert(key.group);
  }
  return groups;
}

}  // namespace

std::vector<AnimalSession> animal_sessions(const std::vector<FieldResult>& fields,
                                           const std::vector<DendriteRow>& dendrites,
                                           const std::vector<TransitionRow>& transitions,
                                           const StudyParameters& parameters) {
  require(parameters.baseline == "mean_pre" || parameters.baseline == "first",
          "baseline = \"" + parameters.baseline + "\" is not known; use \"mean_pre\" or \"first\"");
  Courses courses = make_courses(fields);
  for (const DendriteRow& d : dendrites) {
    add_dendrite(courses.at({d.subject_id, d.group, d.region}).at(d.session_id), d);
  }
  for (const TransitionRow& t : transitions) {
    SessionSums& sums = courses.at({t.subject_id, t.group, t.region}).at(t.session_to);
    sums.n_from += t.n_from;
    sums.n_gained += t.n_gained;
    sums.n_lost += t.n_lost;
  }
  const auto groups = groups_of_subjects(courses);
  std::vector<AnimalSession> all;
  for (auto& [key, course] : courses) {
    for (auto& [session_id, sums] : course) {
      compute_row(sums, parameters.confidence);
      sums.row.flags = groups.at(key.subject_id).size() > 1 ? "in_several_groups" : "";
    }
    std::vector<AnimalSession> sessions = sessions_by_day(course);
    mark_baseline(sessions, parameters.baseline);
    compute_fold_changes(sessions);
    all.insert(all.end(), sessions.begin(), sessions.end());
  }
  return all;
}

}  // namespace bramble
