#include "pipeline/phantom/spine_population.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

constexpr double path_length_um = 100;
constexpr std::uint64_t num_animals = 400;

// Of all animals together: how many spines are there in both, in the first only, in the second
// only.
struct Transition {
  double stable = 0;
  double lost = 0;
  double gained = 0;

  double num_from() const { return stable + lost; }
  double num_to() const { return stable + gained; }
  double elimination() const { return lost / num_from(); }
  double formation() const { return gained / num_from(); }
};

PhantomParameters on_days(std::vector<double> days) {
  PhantomParameters parameters;
  parameters.design.session_days = std::move(days);
  return parameters;
}

Transition transition_of(const PhantomParameters& parameters, bool treated, double from,
                         double to) {
  Transition sum;
  for (std::uint64_t animal = 0; animal < num_animals; ++animal) {
    const PhantomField field{.animal = animal, .treated = treated};
    for (const SpineLife& spine : grow_spines(parameters, field, 0, path_length_um)) {
      sum.stable += spine.alive(from) && spine.alive(to);
      sum.lost += spine.alive(from) && !spine.alive(to);
      sum.gained += !spine.alive(from) && spine.alive(to);
    }
  }
  return sum;
}

// The formulae of reference science.md section 2.6 at the default, stationary parameters.
struct TwoPools {
  double transient_frac = 0.075;
  double transient_days = 2.9;
  double persistent_days = 200;

  double gone(bool transient, double days) const {
    return 1 - std::exp(-days / (transient ? transient_days : persistent_days));
  }
  double pool(bool transient) const { return transient ? transient_frac : 1 - transient_frac; }
  // Elimination and, as stationary births are pool / lifetime, formation too.
  double turnover(double days) const {
    return pool(true) * gone(true, days) + pool(false) * gone(false, days);
  }
  double survival_of_new(double days_since_birth, double more_days) const {
    double sum = 0;
    for (const bool transient : {true, false}) {
      sum += pool(transient) * gone(transient, days_since_birth) * (1 - gone(transient, more_days));
    }
    return sum / turnover(days_since_birth);
  }
};

TEST(SpinePopulation, density_is_the_parameter) {
  const Transition all = transition_of({}, false, -1, -1);

  // Mean of the two log-normal factors: exp((0.07^2 + 0.20^2) / 2) = 1.023; the standard error of
  // 400 fields is 1.1 %.
  EXPECT_NEAR(all.stable / (num_animals * path_length_um), 0.8 * 1.023, 0.05 * 0.8);
}

// Root mean square of log(count / expected) of 60 dendrites that are long enough for the count to
// be exact to 2 %.
double log_spread_of_density(float animal_log_sd, float dendrite_log_sd) {
  PhantomParameters parameters;
  parameters.turnover.frozen = true;
  parameters.spines.density_per_um = 1;
  parameters.spines.density_animal_log_sd = animal_log_sd;
  parameters.spines.density_dendrite_log_sd = dendrite_log_sd;
  constexpr double long_path_um = 2000;
  double sum_of_squares = 0;
  for (std::uint64_t animal = 0; animal < 60; ++animal) {
    const auto number = grow_spines(parameters, {.animal = animal}, 0, long_path_um).size();
    const double deviation = std::log(static_cast<double>(number) / long_path_um);
    sum_of_squares += deviation * deviation;
  }
  return std::sqrt(sum_of_squares / 60);
}

TEST(SpinePopulation, density_varies_between_animals_and_dendrites_as_asked) {
  EXPECT_LT(log_spread_of_density(0, 0), 0.03);
  EXPECT_NEAR(log_spread_of_density(0.2f, 0), 0.2, 0.06);
  EXPECT_NEAR(log_spread_of_density(0, 0.2f), 0.2, 0.06);
}

TEST(SpinePopulation, turnover_of_two_days_is_that_of_the_two_pools) {
  const double expected = TwoPools{}.turnover(2);

  const Transition seen = transition_of(on_days({0, 2}), false, 0, 2);

  EXPECT_NEAR(expected, 0.047, 0.0005);
  EXPECT_NEAR(seen.elimination(), expected, 0.005);
  EXPECT_NEAR(seen.formation(), expected, 0.005);
}

TEST(SpinePopulation, stays_stationary_over_a_month) {
  const Transition seen = transition_of(on_days({0, 30}), false, 0, 30);

  EXPECT_NEAR(seen.num_to() / seen.num_from(), 1, 0.03);
}

TEST(SpinePopulation, three_in_ten_new_spines_live_six_days_more) {
  const PhantomParameters parameters = on_days({0, 2, 8});
  double num_new = 0;
  double num_surviving = 0;
  for (std::uint64_t animal = 0; animal < num_animals; ++animal) {
    for (const SpineLife& spine : grow_spines(parameters, {.animal = animal}, 0, path_length_um)) {
      const bool is_new = !spine.alive(0) && spine.alive(2);
      num_new += is_new;
      num_surviving += is_new && spine.alive(8);
    }
  }

  EXPECT_NEAR(TwoPools{}.survival_of_new(2, 6), 0.293, 0.001);
  EXPECT_NEAR(num_surviving / num_new, TwoPools{}.survival_of_new(2, 6), 0.03);
}

TEST(SpinePopulation, treatment_adds_as_many_spines_as_in_the_literature) {
  const std::vector<double> days{-3, -1, 1, 3, 5, 7};
  const PhantomParameters parameters = on_days(days);
  const double num_first = transition_of(parameters, false, -3, -3).stable;
  const auto extra = [&](double from, double to) {
    return (transition_of(parameters, true, from, to).gained -
            transition_of(parameters, false, from, to).gained) /
           num_first;
  };

  EXPECT_EQ(extra(-3, -1), 0);
  EXPECT_NEAR(extra(-1, 1), 0.052, 0.005);
  EXPECT_NEAR(extra(1, 3), 0.049, 0.006);
  EXPECT_NEAR(extra(3, 5), 0.018, 0.005);
  EXPECT_NEAR(extra(5, 7), 0.007, 0.005);
}

TEST(SpinePopulation, treatment_does_not_change_the_loss_of_earlier_spines) {
  const PhantomParameters parameters = on_days({-3, -1, 1, 7});

  EXPECT_EQ(transition_of(parameters, true, -1, 7).lost,
            transition_of(parameters, false, -1, 7).lost);
}

TEST(SpinePopulation, treatment_takes_effect_from_its_day_on) {
  PhantomParameters parameters = on_days({-3, 5, 9});
  parameters.design.treatment_day = 5;
  parameters.turnover.extra_persistent_frac = 1;

  EXPECT_EQ(transition_of(parameters, true, -3, 5).gained,
            transition_of(parameters, false, -3, 5).gained);
  EXPECT_GT(transition_of(parameters, true, 5, 9).formation(), 0.8);
}

TEST(SpinePopulation, contrasts_of_ph2016_are_those_of_the_paper) {
  PhantomParameters parameters = on_days({-1, 1, 3, 5, 10});
  parameters.turnover.transient_frac = 0.20f;
  parameters.turnover.persistent_birth_ratio = 0;
  parameters.turnover.extra_persistent_frac = 0.20f;
  parameters.turnover.extra_transient_frac = 0.05f;
  parameters.turnover.release_time_days = 2.5f;
  const auto contrast = [&](double day) {
    const Transition treated = transition_of(parameters, true, -1, day);
    const Transition control = transition_of(parameters, false, -1, day);
    return treated.num_to() / treated.num_from() - control.num_to() / control.num_from();
  };

  EXPECT_NEAR(contrast(1), 0.08, 0.01);
  EXPECT_NEAR(contrast(3), 0.16, 0.015);
  EXPECT_NEAR(contrast(5), 0.19, 0.015);
  EXPECT_NEAR(contrast(10), 0.20, 0.015);
  const Transition control = transition_of(parameters, false, -1, 10);
  // Lost persistent spines are not replaced.
  EXPECT_NEAR(control.num_to() / control.num_from(), 0.2 + 0.8 * std::exp(-11.0 / 200), 0.015);
}

TEST(SpinePopulation, without_extra_births_both_groups_are_the_same) {
  PhantomParameters parameters;
  parameters.turnover.extra_persistent_frac = 0;
  parameters.turnover.extra_transient_frac = 0;

  const Transition treated = transition_of(parameters, true, -1, 3);
  const Transition control = transition_of(parameters, false, -1, 3);

  EXPECT_EQ(treated.gained, control.gained);
  EXPECT_EQ(treated.lost, control.lost);
}

TEST(SpinePopulation, frozen_has_no_births_and_no_deaths) {
  PhantomParameters parameters = on_days({0, 99});
  parameters.turnover.frozen = true;

  const Transition seen = transition_of(parameters, true, 0, 99);

  EXPECT_GT(seen.stable, 10000);
  EXPECT_EQ(seen.gained, 0);
  EXPECT_EQ(seen.lost, 0);
}

TEST(SpinePopulation, longer_study_keeps_the_earlier_sessions) {
  const PhantomField field{.animal = 5, .treated = true};
  const std::vector<SpineLife> brief = grow_spines(on_days({-1, 3}), field, 1, path_length_um);
  const std::vector<SpineLife> extended =
      grow_spines(on_days({-1, 3, 20}), field, 1, path_length_um);

  ASSERT_GT(extended.size(), brief.size());
  for (std::size_t i = 0; i < brief.size() && brief[i].birth_day <= 3; ++i) {
    ASSERT_EQ(extended[i].path_um, brief[i].path_um);
    ASSERT_EQ(extended[i].birth_day, brief[i].birth_day);
    ASSERT_EQ(extended[i].death_day, brief[i].death_day);
  }
}

TEST(SpinePopulation, nobody_is_born_before_the_first_session) {
  PhantomParameters parameters = on_days({2, 4});  // the treatment was on day 0
  for (const SpineLife& spine : grow_spines(parameters, {.treated = true}, 0, 1000)) {
    ASSERT_GE(spine.birth_day, 2);
  }
}

TEST(SpinePopulation, bases_alive_together_keep_the_hard_core) {
  PhantomParameters parameters;
  parameters.spines.density_per_um = 2.5f;
  for (std::uint64_t animal = 0; animal < 10; ++animal) {
    const std::vector<SpineLife> spines =
        grow_spines(parameters, {.animal = animal, .treated = true}, 0, path_length_um);
    for (std::size_t i = 0; i < spines.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (spines[j].alive(spines[i].birth_day)) {
          ASSERT_GE(std::abs(spines[i].path_um - spines[j].path_um), 0.15);
        }
      }
    }
  }
}

// At a density so low that nobody is near a lost spine by chance.
TEST(SpinePopulation, one_in_ten_newborns_appears_near_a_lost_spine) {
  PhantomParameters parameters = on_days({0, 5});
  parameters.spines.density_per_um = 0.01f;
  parameters.turnover.transient_frac = 1;
  parameters.spines.density_animal_log_sd = 0;
  parameters.spines.density_dendrite_log_sd = 0;
  constexpr double long_path_um = 200000;
  const std::vector<SpineLife> spines = grow_spines(parameters, {}, 0, long_path_um);
  double num_near = 0;
  double num_newborn = 0;
  double by_chance = 0;
  for (std::size_t i = 0; i < spines.size(); ++i) {
    double num_lost = 0;
    bool near = false;
    for (const SpineLife& other : spines) {
      const bool lost = other.death_day <= spines[i].birth_day;
      num_lost += lost;
      near |= lost && std::abs(other.path_um - spines[i].path_um) <= 1;
    }
    num_newborn += spines[i].newborn;
    num_near += spines[i].newborn && near;
    by_chance += spines[i].newborn ? 2 * num_lost / long_path_um : 0;
  }

  ASSERT_GT(num_newborn, 2000);
  EXPECT_NEAR((num_near - by_chance) / num_newborn, 0.1, 0.03);
}

TEST(SpinePopulation, serials_count_from_0_without_gaps) {
  const std::vector<SpineLife> spines = grow_spines({}, {.treated = true}, 0, path_length_um);
  for (std::size_t i = 0; i < spines.size(); ++i) {
    EXPECT_EQ(spines[i].serial, i);
  }
}

TEST(SpinePopulation, short_dendrite_may_carry_no_spine) {
  PhantomParameters parameters;
  parameters.spines.density_per_um = 0.01f;

  EXPECT_TRUE(grow_spines(parameters, {.treated = true}, 0, 0.1).empty());
  EXPECT_TRUE(grow_spines(parameters, {.treated = true}, 0, -1).empty());
}

}  // namespace
}  // namespace bramble
