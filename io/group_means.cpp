#include "io/group_means.hpp"

#include <boost/math/distributions/students_t.hpp>

#include <cmath>
#include <map>
#include <tuple>

namespace bramble {

MeanInterval mean_over_animals(const std::vector<double>& values) {
  constexpr double confidence = 0.95;
  MeanInterval result;
  double sum = 0;
  for (const double value : values) {
    if (!std::isnan(value)) {
      sum += value;
      ++result.num_animals;
    }
  }
  const double n = result.num_animals;
  if (n == 0) {
    return result;
  }
  result.mean = sum / n;
  if (n == 1) {
    return result;
  }
  double squares = 0;
  for (const double value : values) {
    if (!std::isnan(value)) {
      squares += (value - result.mean) * (value - result.mean);
    }
  }
  const double standard_error = std::sqrt(squares / (n - 1) / n);
  const boost::math::students_t distribution(n - 1);
  const double half_width =
      boost::math::quantile(distribution, 0.5 + confidence / 2) * standard_error;
  result.ci_low = result.mean - half_width;
  result.ci_high = result.mean + half_width;
  return result;
}

std::vector<double> GroupSession::values(double AnimalRow::*measure) const {
  std::vector<double> result;
  for (const AnimalRow* animal : animals) {
    result.push_back(animal->*measure);
  }
  return result;
}

std::vector<GroupSession> gather_group_sessions(const std::vector<AnimalRow>& animals) {
  using Key = std::tuple<std::string, std::string, bool, double, std::string>;
  std::map<Key, GroupSession> sessions;
  for (const AnimalRow& row : animals) {
    const bool no_day = std::isnan(row.day);
    GroupSession& session =
        sessions[{row.region, row.group, no_day, no_day ? 0 : row.day, row.session_id}];
    session.group = row.group;
    session.region = row.region;
    session.session_id = row.session_id;
    session.day = row.day;
    session.animals.push_back(&row);
  }
  std::vector<GroupSession> result;
  for (auto& [key, session] : sessions) {
    result.push_back(std::move(session));
  }
  return result;
}

}  // namespace bramble
