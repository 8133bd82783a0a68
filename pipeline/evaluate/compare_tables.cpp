#include "pipeline/evaluate/compare_tables.hpp"

#include "pipeline/evaluate/share.hpp"

#include <cmath>
#include <map>
#include <string>
#include <tuple>
#include <utility>

namespace bramble {
namespace {

using Text3 = std::tuple<std::string, std::string, std::string>;

// The density of one animal in one session, NaN where the rows lack it.
double density_of(const AnimalRow& animal, const std::vector<AnimalRow>& rows) {
  const auto key = [](const AnimalRow& row) {
    return std::tie(row.subject_id, row.group, row.region, row.session_id);
  };
  for (const AnimalRow& row : rows) {
    if (key(row) == key(animal)) {
      return row.density_per_um;
    }
  }
  return not_available;
}

// Animals of one group in one session that both tables have.
struct Animals {
  double day = not_available;
  std::vector<double> true_densities;
  std::vector<double> run_densities;
};

// All dendrites of a group between two sessions.
struct Pool {
  double day_from = not_available;
  int n_from = 0;
  int n_to = 0;
  int n_gained = 0;
  int n_lost = 0;
  double corrected_formation = 0;  // weighted by n_from
  double corrected_elimination = 0;
  int n_from_corrected = 0;
};

std::map<Text3, Pool> pools_of(const std::vector<TransitionRow>& rows) {
  std::map<Text3, Pool> pools;
  for (const TransitionRow& row : rows) {
    Pool& pool = pools[{row.group, row.session_from, row.session_to}];
    pool.day_from = row.day_from;
    pool.n_from += row.n_from;
    pool.n_to += row.n_to;
    pool.n_gained += row.n_gained;
    pool.n_lost += row.n_lost;
    if (!std::isnan(row.formation_frac_corrected) && !std::isnan(row.elimination_frac_corrected)) {
      pool.corrected_formation += row.n_from * row.formation_frac_corrected;
      pool.corrected_elimination += row.n_from * row.elimination_frac_corrected;
      pool.n_from_corrected += row.n_from;
    }
  }
  return pools;
}

double ratio(double part, double whole) { return whole > 0 ? part / whole : not_available; }

struct Rate {
  const char* measure;
  double truth;
  double run;
};

std::vector<Rate> rates_of(const Pool& truth, const Pool& run) {
  const double formation = ratio(truth.n_gained, truth.n_from);
  const double elimination = ratio(truth.n_lost, truth.n_from);
  return {
      {"formation_frac", formation, ratio(run.n_gained, run.n_from)},
      {"elimination_frac", elimination, ratio(run.n_lost, run.n_from)},
      {"turnover_ratio", ratio(truth.n_gained + truth.n_lost, truth.n_from + truth.n_to),
       ratio(run.n_gained + run.n_lost, run.n_from + run.n_to)},
      {"formation_frac_corrected", formation, ratio(run.corrected_formation, run.n_from_corrected)},
      {"elimination_frac_corrected", elimination,
       ratio(run.corrected_elimination, run.n_from_corrected)},
  };
}

const ContrastRow* same_contrast(const ContrastRow& row, const std::vector<ContrastRow>& rows) {
  const auto key = [](const ContrastRow& r) {
    return std::tie(r.region, r.session_id, r.measure, r.group, r.control);
  };
  for (const ContrastRow& other : rows) {
    if (key(other) == key(row)) {
      return &other;
    }
  }
  return nullptr;
}

double pool_gain(double extra_frac, double lifetime_days, double release_time_days, double days) {
  const double release = 1 / release_time_days;
  const double loss = 1 / lifetime_days;
  if (std::abs(release - loss) < 1e-9 * release) {
    return extra_frac * release * days * std::exp(-release * days);
  }
  return extra_frac * release * (std::exp(-loss * days) - std::exp(-release * days)) /
         (release - loss);
}

}  // namespace

std::vector<DensityComparison> compare_densities(const StudyTables& truth, const StudyTables& run) {
  std::map<Text3, Animals> groups;
  for (const AnimalRow& animal : truth.animals) {
    const double run_density = density_of(animal, run.animals);
    if (!std::isnan(animal.density_per_um) && !std::isnan(run_density)) {
      Animals& group = groups[{animal.group, animal.region, animal.session_id}];
      group.day = animal.day;
      group.true_densities.push_back(animal.density_per_um);
      group.run_densities.push_back(run_density);
    }
  }
  std::vector<DensityComparison> rows;
  for (const auto& [key, animals] : groups) {
    DensityComparison row{.group = std::get<0>(key),
                          .region = std::get<1>(key),
                          .session_id = std::get<2>(key),
                          .day = animals.day,
                          .n_animals = static_cast<int>(animals.true_densities.size()),
                          .truth_per_um = mean_of(animals.true_densities),
                          .run_per_um = mean_of(animals.run_densities)};
    row.bias_frac = row.truth_per_um > 0 ? row.run_per_um / row.truth_per_um - 1 : not_available;
    rows.push_back(row);
  }
  return rows;
}

std::vector<RateComparison> compare_rates(const StudyTables& truth, const StudyTables& run) {
  const std::map<Text3, Pool> of_run = pools_of(run.transitions);
  std::vector<RateComparison> rows;
  for (const auto& [key, pool] : pools_of(truth.transitions)) {
    const auto found = of_run.find(key);
    const Pool run_pool = found == of_run.end() ? Pool() : found->second;
    for (const Rate& rate : rates_of(pool, run_pool)) {
      rows.push_back({.group = std::get<0>(key),
                      .session_from = std::get<1>(key),
                      .session_to = std::get<2>(key),
                      .measure = rate.measure,
                      .n_from_truth = pool.n_from,
                      .n_from_run = run_pool.n_from,
                      .truth = rate.truth,
                      .run = rate.run,
                      .bias = rate.run - rate.truth});
    }
  }
  return rows;
}

std::vector<ContrastComparison> compare_contrasts(const StudyTables& truth, const StudyTables& run,
                                                  const std::optional<PlantedEffect>& planted) {
  std::vector<ContrastComparison> rows;
  for (const ContrastRow& estimate : run.contrasts) {
    const ContrastRow* exact = same_contrast(estimate, truth.contrasts);
    if (exact == nullptr) {
      continue;
    }
    ContrastComparison row{.region = estimate.region,
                           .session_id = estimate.session_id,
                           .day = estimate.day,
                           .measure = estimate.measure,
                           .group = estimate.group,
                           .control = estimate.control,
                           .truth = exact->estimate,
                           .estimate = estimate.estimate,
                           .ci_low = estimate.ci_low,
                           .ci_high = estimate.ci_high,
                           .bias = estimate.estimate - exact->estimate,
                           .interval_holds_truth = {}};
    if (planted && estimate.measure == "fold_change") {
      row.planted = planted_gain(*planted, estimate.day);
    }
    if (!std::isnan(row.ci_low) && !std::isnan(row.truth)) {
      row.interval_holds_truth = row.ci_low <= row.truth && row.truth <= row.ci_high ? "yes" : "no";
    }
    rows.push_back(row);
  }
  return rows;
}

double planted_gain(const PlantedEffect& effect, double day) {
  const double days = day - effect.treatment_day;
  if (!(days > 0)) {
    return std::isnan(days) ? not_available : 0;
  }
  return pool_gain(effect.extra_persistent_frac, effect.persistent_lifetime_days,
                   effect.release_time_days, days) +
         pool_gain(effect.extra_transient_frac, effect.transient_lifetime_days,
                   effect.release_time_days, days);
}

}  // namespace bramble
