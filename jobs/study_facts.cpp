#include "jobs/study_facts.hpp"

#include "jobs/command_phantom.hpp"

#include <filesystem>

namespace bramble {
namespace {

PlantedEffect planted_effect(const PhantomParameters& study) {
  const PhantomTurnover& turnover = study.turnover;
  const bool frozen = turnover.frozen;
  return {.extra_persistent_frac = frozen ? 0 : double{turnover.extra_persistent_frac},
          .extra_transient_frac = frozen ? 0 : double{turnover.extra_transient_frac},
          .release_time_days = turnover.release_time_days,
          .persistent_lifetime_days = turnover.persistent_lifetime_days,
          .transient_lifetime_days = turnover.transient_lifetime_days,
          .treatment_day = study.design.treatment_day};
}

}  // namespace

StudyFacts read_study_facts(const std::string& truth_folder) {
  const std::filesystem::path path = std::filesystem::path(truth_folder) / "study.toml";
  if (!std::filesystem::exists(path)) {
    return {};
  }
  const PhantomParameters study = read_study(path);
  return {.peak_photons = study.light.peak_photons, .planted = planted_effect(study)};
}

}  // namespace bramble
