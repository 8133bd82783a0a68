#include "jobs/study_facts.hpp"

#include "kernels/core/error.hpp"

#include <toml++/toml.h>

#include <filesystem>

namespace bramble {
namespace {

PlantedEffect planted_effect(const toml::table& study) {
  const auto turnover = study["turnover"];
  if (turnover["frozen"].value_or(false)) {
    return {.extra_persistent_frac = 0, .extra_transient_frac = 0};
  }
  PlantedEffect effect;
  const auto take = [&](const char* name, double& value) {
    value = turnover[name].value_or(value);
  };
  take("extra_persistent_frac", effect.extra_persistent_frac);
  take("extra_transient_frac", effect.extra_transient_frac);
  take("release_time_days", effect.release_time_days);
  take("persistent_lifetime_days", effect.persistent_lifetime_days);
  take("transient_lifetime_days", effect.transient_lifetime_days);
  effect.treatment_day = study["design"]["treatment_day"].value_or(effect.treatment_day);
  return effect;
}

}  // namespace

StudyFacts read_study_facts(const std::string& truth_folder) {
  const std::filesystem::path path = std::filesystem::path(truth_folder) / "study.toml";
  if (!std::filesystem::exists(path)) {
    return {};
  }
  try {
    const toml::table study = toml::parse_file(path.string());
    StudyFacts facts;
    facts.peak_photons = study["light"]["peak_photons"].value_or(not_available);
    if (study.contains("turnover")) {
      facts.planted = planted_effect(study);
    }
    return facts;
  } catch (const toml::parse_error& error) {
    throw InvalidArgument(path.string() + ": " + std::string(error.description()));
  }
}

}  // namespace bramble
