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

  double elimination() const { return lost / (stable + lost); }
  double formation() const { return gained / (stable + lost); }
};

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

TEST(SpinePopulation, density_is_the_parameter) {
  const PhantomParameters parameters{.spine_density_per_um = 0.8f};
  const Transition all = transition_of(parameters, false, -1, -1);

  // Mean of the two log-normal factors: exp((0.07^2 + 0.20^2) / 2) = 1.023; the standard error of
  // 400 fields is 1.1 %.
  EXPECT_NEAR(all.stable / (num_animals * path_length_um), 0.8 * 1.023, 0.05 * 0.8);
}

TEST(SpinePopulation, turnover_of_two_days_is_that_of_the_two_pools) {
  const PhantomParameters parameters{.session_days = {0, 2}};
  // w_T (1 - exp(-2 / 2.9)) + (1 - w_T) (1 - exp(-2 / 200)), w_T = 0.075
  const double expected = 0.075 * (1 - std::exp(-2 / 2.9)) + 0.925 * (1 - std::exp(-2 / 200.0));

  const Transition seen = transition_of(parameters, false, 0, 2);

  EXPECT_NEAR(expected, 0.047, 0.0005);
  EXPECT_NEAR(seen.elimination(), expected, 0.005);
  EXPECT_NEAR(seen.formation(), expected, 0.005);
}

TEST(SpinePopulation, stays_stationary_over_a_month) {
  const PhantomParameters parameters{.session_days = {0, 30}};

  const Transition seen = transition_of(parameters, false, 0, 30);

  EXPECT_NEAR((seen.stable + seen.gained) / (seen.stable + seen.lost), 1, 0.03);
}

TEST(SpinePopulation, three_in_ten_new_spines_live_six_days_more) {
  const PhantomParameters parameters{.session_days = {0, 2, 8}};
  double num_new = 0;
  double num_surviving = 0;
  for (std::uint64_t animal = 0; animal < num_animals; ++animal) {
    for (const SpineLife& spine : grow_spines(parameters, {.animal = animal}, 0, path_length_um)) {
      const bool is_new = !spine.alive(0) && spine.alive(2);
      num_new += is_new;
      num_surviving += is_new && spine.alive(8);
    }
  }

  EXPECT_NEAR(num_surviving / num_new, 0.29, 0.04);
}

TEST(SpinePopulation, treatment_adds_spines_after_day_0_and_not_before) {
  const PhantomParameters parameters{.session_days = {-3, -1, 1, 7}};

  const Transition before_treated = transition_of(parameters, true, -3, -1);
  const Transition before_control = transition_of(parameters, false, -3, -1);
  const Transition after_treated = transition_of(parameters, true, -1, 7);
  const Transition after_control = transition_of(parameters, false, -1, 7);

  EXPECT_EQ(before_treated.gained, before_control.gained);
  // Of 0.10 persistent and 0.04 transient spines per spine, the part released in seven days and
  // still alive.
  EXPECT_NEAR(after_treated.formation() - after_control.formation(), 0.105, 0.02);
  EXPECT_NEAR(after_treated.elimination(), after_control.elimination(), 1e-12);
}

TEST(SpinePopulation, without_extra_formation_both_groups_are_the_same) {
  const PhantomParameters parameters{.extra_formation_frac = 0};

  const Transition treated = transition_of(parameters, true, -1, 3);
  const Transition control = transition_of(parameters, false, -1, 3);

  EXPECT_EQ(treated.gained, control.gained);
  EXPECT_EQ(treated.lost, control.lost);
}

TEST(SpinePopulation, bases_alive_together_keep_the_hard_core) {
  const PhantomParameters parameters{.spine_density_per_um = 2.5f};
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

TEST(SpinePopulation, serials_count_from_0_without_gaps) {
  const std::vector<SpineLife> spines = grow_spines({}, {.treated = true}, 0, path_length_um);
  for (std::size_t i = 0; i < spines.size(); ++i) {
    EXPECT_EQ(spines[i].serial, i);
  }
}

TEST(SpinePopulation, short_dendrite_may_carry_no_spine) {
  const PhantomParameters parameters{.spine_density_per_um = 0.01f};

  const std::vector<SpineLife> spines = grow_spines(parameters, {.treated = true}, 0, 0.1);

  EXPECT_TRUE(spines.empty());
}

}  // namespace
}  // namespace bramble
