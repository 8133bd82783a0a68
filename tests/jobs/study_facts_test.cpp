#include "jobs/study_facts.hpp"

#include "kernels/core/error.hpp"
#include "tests/jobs/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

StudyFacts facts_of(const std::string& toml) {
  const TemporaryFolder folder;
  write_text(folder.path() / "study.toml", toml);
  return read_study_facts(folder.path().string());
}

TEST(StudyFacts, are_read_from_the_tables_of_the_study) {
  const StudyFacts facts = facts_of(
      "[design]\nseed = 3\ntreatment_day = 2\n[turnover]\nextra_persistent_frac = 0.3\n"
      "release_time_days = 4.5\n[light]\npeak_photons = 12\n");

  EXPECT_EQ(facts.peak_photons, 12);
  ASSERT_TRUE(facts.planted.has_value());
  EXPECT_FLOAT_EQ(static_cast<float>(facts.planted->extra_persistent_frac), 0.3f);
  EXPECT_EQ(facts.planted->release_time_days, 4.5);
  EXPECT_EQ(facts.planted->treatment_day, 2);
  EXPECT_NEAR(facts.planted->extra_transient_frac, PlantedEffect{}.extra_transient_frac, 1e-6);
}

TEST(StudyFacts, frozen_study_plants_nothing) {
  const StudyFacts facts = facts_of("[turnover]\nfrozen = true\nextra_persistent_frac = 0.3\n");

  ASSERT_TRUE(facts.planted.has_value());
  EXPECT_EQ(facts.planted->extra_persistent_frac, 0);
  EXPECT_EQ(facts.planted->extra_transient_frac, 0);
}

TEST(StudyFacts, without_the_file_nothing_is_known) {
  const TemporaryFolder folder;

  EXPECT_FALSE(read_study_facts(folder.path().string()).planted.has_value());
  EXPECT_TRUE(std::isnan(read_study_facts(folder.path().string()).peak_photons));
}

TEST(StudyFacts, bad_syntax_is_refused) { EXPECT_THROW(facts_of("[turnover\n"), InvalidArgument); }

}  // namespace
}  // namespace bramble
