#pragma once

#include "jobs/exit_code.hpp"
#include "pipeline/records/phantom_parameters.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bramble {

// What is given replaces the values of the configuration file, and those replace the presets'.
struct PhantomOptions {
  std::string out;
  std::vector<std::string> presets;
  std::string config;  // a TOML file, empty: none
  std::optional<std::uint64_t> seed;
  std::optional<int> animals_per_group;
  std::optional<int> fields_per_animal;
  std::optional<std::vector<double>> session_days;
  std::optional<float> peak_photons;
  std::optional<float> extra_persistent_frac;
  int num_threads = 0;  // of this rank; 0: its share of the node's processors
};

// `bramble phantom`: writes a synthetic study, one archive per animal and session, and its ground
// truth (io/phantom_truth.hpp), an SWC file per dendrite with its branches, and study.toml. Ranks
// share the archives; each thread of a rank holds one stack. Refuses a folder that holds another
// study.
ExitCode phantom_command(const PhantomOptions& options);

// The parameters that the options ask for. Throws InvalidArgument for an unknown preset, a
// configuration that cannot be read, and values out of range.
PhantomParameters phantom_parameters(const PhantomOptions& options);

// The parameters of study.toml as phantom_command writes it. Throws InvalidArgument when it cannot
// be read or holds what no study has.
PhantomParameters read_study(const std::string& path);

}  // namespace bramble
