#include "pipeline/phantom/spine_population.hpp"

#include "pipeline/phantom/random.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace bramble {
namespace {

constexpr double hard_core_um = 0.15;

struct Birth {
  double day = 0;
  bool transient = false;
};

double pool_frac(const PhantomTurnover& turnover, bool transient) {
  return transient ? turnover.transient_frac : 1 - turnover.transient_frac;
}

double lifetime_days(const PhantomTurnover& turnover, bool transient) {
  if (turnover.frozen) {
    return std::numeric_limits<double>::infinity();
  }
  return transient ? turnover.transient_lifetime_days : turnover.persistent_lifetime_days;
}

double draw_density_per_um(const PhantomSpineParameters& spines, const RandomPlace& dendrite) {
  RandomPlace animal = dendrite;
  animal.purpose = RandomPurpose::animal_density;
  animal.field = 0;
  animal.dendrite = 0;
  return spines.density_per_um * Random(animal).lognormal(1, spines.density_animal_log_sd) *
         Random(dendrite).lognormal(1, spines.density_dendrite_log_sd);
}

// A Poisson process with hard core in one dimension: gaps are the hard core plus an exponential
// rest.
std::vector<SpineLife> draw_initial(const PhantomParameters& parameters,
                                    const RandomPlace& dendrite, double path_length_um) {
  const double mean_gap_um = 1 / draw_density_per_um(parameters.spines, dendrite);
  const double mean_rest_um = std::max(mean_gap_um - hard_core_um, 0.1 * hard_core_um);
  const double first_day = parameters.design.session_days.front();
  const PhantomTurnover& turnover = parameters.turnover;
  Random random(dendrite, 1);
  std::vector<SpineLife> spines;
  double path_um = random.exponential(mean_gap_um);
  while (path_um < path_length_um) {
    const bool transient = random.uniform() < pool_frac(turnover, true);
    spines.push_back(
        {.serial = spines.size(),
         .path_um = path_um,
         .transient = transient,
         .birth_day = first_day,
         .death_day = first_day + random.exponential(lifetime_days(turnover, transient))});
    path_um += hard_core_um + random.exponential(mean_rest_um);
  }
  return spines;
}

void add_steady_births(const PhantomParameters& parameters, const RandomPlace& place,
                       double num_initial, bool transient, std::vector<Birth>& births) {
  const PhantomTurnover& turnover = parameters.turnover;
  const double pool = num_initial * pool_frac(turnover, transient);
  const double births_per_loss = transient ? 1 : turnover.persistent_birth_ratio;
  const double per_day = births_per_loss * pool / lifetime_days(turnover, transient);
  if (per_day <= 0) {
    return;
  }
  Random random(place, transient ? 0 : 1);
  double day = parameters.design.session_days.front() + random.exponential(1 / per_day);
  while (day <= parameters.design.session_days.back()) {
    births.push_back({day, transient});
    day += random.exponential(1 / per_day);
  }
}

void add_treatment_births(const PhantomParameters& parameters, const RandomPlace& place,
                          double num_initial, bool transient, std::vector<Birth>& births) {
  const PhantomTurnover& turnover = parameters.turnover;
  const double frac = transient ? turnover.extra_transient_frac : turnover.extra_persistent_frac;
  Random random(place, transient ? 2 : 3);
  const std::int64_t num_extra = random.poisson(frac * num_initial);
  for (std::int64_t i = 0; i < num_extra; ++i) {
    const double day =
        parameters.design.treatment_day + random.exponential(turnover.release_time_days);
    if (day >= parameters.design.session_days.front()) {
      births.push_back({day, transient});
    }
  }
}

std::vector<Birth> draw_births(const PhantomParameters& parameters, PhantomField field,
                               RandomPlace place, std::size_t num_initial) {
  std::vector<Birth> births;
  if (num_initial == 0 || parameters.turnover.frozen) {
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

// Where spines that died before that day were.
std::vector<double> lost_places(const std::vector<SpineLife>& spines, double day) {
  std::vector<double> places;
  for (const SpineLife& spine : spines) {
    if (spine.death_day <= day) {
      places.push_back(spine.path_um);
    }
  }
  return places;
}

// Nothing where there is no room.
std::optional<double> find_room(const std::vector<SpineLife>& spines, double day,
                                double path_length_um, Random& random) {
  constexpr int max_attempts = 32;
  constexpr double near_lost_frac = 0.1;
  constexpr double near_lost_um = 1;
  const std::vector<double> lost = lost_places(spines, day);
  const bool near_lost = random.uniform() < near_lost_frac && !lost.empty();
  for (int attempt = 0; attempt < max_attempts; ++attempt) {
    double path_um = random.uniform_within(0, path_length_um);
    if (near_lost) {
      const auto any =
          static_cast<std::size_t>(random.uniform() * static_cast<double>(lost.size()));
      path_um = lost[any] + random.uniform_within(-near_lost_um, near_lost_um);
    }
    const auto in_the_way = [&](const SpineLife& spine) {
      return spine.alive(day) && std::abs(spine.path_um - path_um) < hard_core_um;
    };
    if (path_um >= 0 && path_um < path_length_um &&
        std::none_of(spines.begin(), spines.end(), in_the_way)) {
      return path_um;
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<SpineLife> grow_spines(const PhantomParameters& parameters, PhantomField field,
                                   std::uint64_t dendrite, double path_length_um) {
  RandomPlace place = field.place(parameters, RandomPurpose::initial_spines);
  place.dendrite = dendrite;
  std::vector<SpineLife> spines = draw_initial(parameters, place, path_length_um);
  const std::vector<Birth> births = draw_births(parameters, field, place, spines.size());

  place.purpose = RandomPurpose::spine_position;
  for (const Birth& birth : births) {
    place.spine = spines.size();
    Random random(place);
    const double death_day =
        birth.day + random.exponential(lifetime_days(parameters.turnover, birth.transient));
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
