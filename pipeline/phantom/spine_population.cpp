#include "pipeline/phantom/spine_population.hpp"

#include "pipeline/phantom/random.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace bramble {
namespace {

constexpr double hard_core_um = 0.15;
constexpr double transient_frac = 0.075;  // of the spines present at one time
constexpr double transient_lifetime_days = 2.9;
constexpr double persistent_lifetime_days = 200;
constexpr double treatment_day = 0;
constexpr double release_time_days = 2;
constexpr double extra_transient_ratio =
    0.4;  // transient per persistent spine that the treatment adds

struct Birth {
  double day = 0;
  bool transient = false;
};

double lifetime_days(bool transient) {
  return transient ? transient_lifetime_days : persistent_lifetime_days;
}

double draw_density_per_um(const PhantomParameters& parameters, const RandomPlace& dendrite) {
  RandomPlace animal = dendrite;
  animal.purpose = RandomPurpose::animal_density;
  animal.field = 0;
  animal.dendrite = 0;
  const double animal_factor = Random(animal).lognormal(1, 0.07);
  return parameters.spine_density_per_um * animal_factor * Random(dendrite).lognormal(1, 0.20);
}

// A Poisson process with hard core in one dimension: gaps are the hard core plus an exponential
// rest.
std::vector<SpineLife> draw_initial(const PhantomParameters& parameters,
                                    const RandomPlace& dendrite, double path_length_um) {
  const double mean_gap_um = 1 / draw_density_per_um(parameters, dendrite);
  const double mean_rest_um = std::max(mean_gap_um - hard_core_um, 0.1 * hard_core_um);
  const double first_day = parameters.session_days.front();
  Random random(dendrite, 1);
  std::vector<SpineLife> spines;
  double path_um = random.exponential(mean_gap_um);
  while (path_um < path_length_um) {
    const bool transient = random.uniform() < transient_frac;
    spines.push_back({.serial = spines.size(),
                      .path_um = path_um,
                      .transient = transient,
                      .birth_day = first_day,
                      .death_day = first_day + random.exponential(lifetime_days(transient))});
    path_um += hard_core_um + random.exponential(mean_rest_um);
  }
  return spines;
}

// The turnover that keeps both pools stationary.
void add_steady_births(const PhantomParameters& parameters, const RandomPlace& place,
                       double num_initial, bool transient, std::vector<Birth>& births) {
  const double pool_frac = transient ? transient_frac : 1 - transient_frac;
  const double mean_wait_days = lifetime_days(transient) / (num_initial * pool_frac);
  Random random(place, transient ? 0 : 1);
  double day = parameters.session_days.front() + random.exponential(mean_wait_days);
  while (day <= parameters.session_days.back()) {
    births.push_back({day, transient});
    day += random.exponential(mean_wait_days);
  }
}

void add_treatment_births(const PhantomParameters& parameters, const RandomPlace& place,
                          double num_initial, bool transient, std::vector<Birth>& births) {
  const double frac = parameters.extra_formation_frac * (transient ? extra_transient_ratio : 1);
  Random random(place, transient ? 2 : 3);
  const std::int64_t num_extra = random.poisson(frac * num_initial);
  for (std::int64_t i = 0; i < num_extra; ++i) {
    births.push_back({treatment_day + random.exponential(release_time_days), transient});
  }
}

std::vector<Birth> draw_births(const PhantomParameters& parameters, PhantomField field,
                               RandomPlace place, std::size_t num_initial) {
  std::vector<Birth> births;
  if (num_initial == 0) {
    return births;
  }
  place.purpose = RandomPurpose::spine_births;
  for (const bool transient : {true, false}) {
    add_steady_births(parameters, place, static_cast<double>(num_initial), transient, births);
    if (field.treated) {
      add_treatment_births(parameters, place, static_cast<double>(num_initial), transient, births);
    }
  }
  std::stable_sort(births.begin(), births.end(),
                   [](const Birth& a, const Birth& b) { return a.day < b.day; });
  return births;
}

// A uniform place that no spine alive on that day is too near to; nothing where there is no room.
std::optional<double> find_room(const std::vector<SpineLife>& spines, double day,
                                double path_length_um, Random& random) {
  constexpr int max_attempts = 32;
  for (int attempt = 0; attempt < max_attempts; ++attempt) {
    const double path_um = random.uniform_within(0, path_length_um);
    const auto in_the_way = [&](const SpineLife& spine) {
      return spine.alive(day) && std::abs(spine.path_um - path_um) < hard_core_um;
    };
    if (std::none_of(spines.begin(), spines.end(), in_the_way)) {
      return path_um;
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<SpineLife> grow_spines(const PhantomParameters& parameters, PhantomField field,
                                   std::uint64_t dendrite, double path_length_um) {
  RandomPlace place{.seed = parameters.seed,
                    .purpose = RandomPurpose::initial_spines,
                    .animal = field.animal,
                    .field = field.field,
                    .dendrite = dendrite};
  std::vector<SpineLife> spines = draw_initial(parameters, place, path_length_um);
  const std::vector<Birth> births = draw_births(parameters, field, place, spines.size());

  place.purpose = RandomPurpose::spine_position;
  for (const Birth& birth : births) {
    place.spine = spines.size();
    Random random(place);
    const double death_day = birth.day + random.exponential(lifetime_days(birth.transient));
    const std::optional<double> path_um = find_room(spines, birth.day, path_length_um, random);
    if (path_um) {
      spines.push_back({.serial = spines.size(),
                        .path_um = *path_um,
                        .transient = birth.transient,
                        .newborn = true,
                        .birth_day = birth.day,
                        .death_day = death_day});
    }
  }
  return spines;
}

}  // namespace bramble
