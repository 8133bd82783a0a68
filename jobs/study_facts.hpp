#pragma once

#include "pipeline/evaluate/evaluation_input.hpp"

#include <string>

namespace bramble {

// What the parameters of a synthetic study say about the outcome to expect.
struct StudyFacts {
  double peak_photons = not_available;
  std::optional<PlantedEffect> planted;
};

// Reads study.toml in the folder of a truth. Without the file nothing is known; a frozen study
// plants nothing. Throws InvalidArgument for a file that no study has.
StudyFacts read_study_facts(const std::string& truth_folder);

}  // namespace bramble
