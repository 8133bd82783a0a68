#include "jobs/command_phantom.hpp"

#include "io/atomic_file.hpp"
#include "io/phantom_truth.hpp"
#include "jobs/fields_toml.hpp"
#include "jobs/mpi_session.hpp"
#include "jobs/phantom_archives.hpp"
#include "jobs/phantom_fields.hpp"
#include "jobs/phantom_presets.hpp"
#include "jobs/processors.hpp"
#include "jobs/shared_step.hpp"
#include "jobs/version.hpp"
#include "kernels/core/error.hpp"
#include "pipeline/phantom/check_parameters.hpp"
#include "pipeline/phantom/phantom_study.hpp"

#include <fmt/format.h>

#include <exception>
#include <filesystem>

namespace bramble {
namespace {

namespace fs = std::filesystem;

std::string study_toml(const PhantomParameters& parameters) {
  PhantomParameters values = parameters;
  return fields_to_toml(phantom_fields(values)) +
         fmt::format("\n[provenance]\nprogram = \"bramble phantom\"\nversion = \"{}\"\n",
                     version());
}

// Writes study.toml unless the folder holds another study: archives of both would be analysed
// together.
void claim_folder(const fs::path& out, const PhantomParameters& parameters) {
  const fs::path file = out / "study.toml";
  const std::string text = study_toml(parameters);
  if (fs::exists(file) && read_configuration(file) != text) {
    throw InvalidArgument(file.string() +
                          ": describes another study; choose another folder or delete this one");
  }
  write_text_atomically(file, text);
}

// What all ranks agree on.
struct Study {
  fs::path out;
  PhantomParameters parameters;
  std::vector<PhantomArchive> archives;
};

// This rank's share, one archive a thread.
void write_share(const Study& study, const Communicator& ranks) {
  const auto num_archives = static_cast<std::int64_t>(study.archives.size());
  const std::int64_t first = ranks.rank();
  const std::int64_t step = ranks.size();
  std::exception_ptr first_error;
#pragma omp parallel for schedule(dynamic, 1)
  for (std::int64_t i = first; i < num_archives; i += step) {
    try {
      const PhantomArchive& archive = study.archives[static_cast<std::size_t>(i)];
      write_phantom_archive(study.out, study.parameters, archive);
      fmt::print("{}  {} stacks\n", (study.out / (archive.name + ".h5")).string(),
                 archive.stacks.size());
    } catch (...) {
#pragma omp critical(phantom_error)
      if (!first_error) {
        first_error = std::current_exception();
      }
    }
  }
  if (first_error) {
    std::rethrow_exception(first_error);
  }
}

void write_truth(const Study& study) {
  join_truth_lines(study.out, study.archives);
  const PhantomEvents events = phantom_events(study.parameters);
  write_text_atomically(study.out / "truth_transitions.csv", transitions_csv(events.transitions));
  write_text_atomically(study.out / "truth_summary.csv", summary_csv(events.summary));
  fmt::print("{}  ground truth, truth_*.csv and study.toml beside it\n",
             (study.out / "truth_spines.csv").string());
}

ExitCode write_study(const PhantomOptions& options, const Communicator& ranks) {
  const SharedStep claimed = on_rank_0(ranks, [&] {
    const PhantomParameters parameters = phantom_parameters(options);
    claim_folder(options.out, parameters);
    return study_toml(parameters);
  });
  if (claimed.code != ExitCode::complete) {
    return claimed.code;
  }
  set_threads(ranks.split_by_node(), options.num_threads);
  Study study{.out = options.out, .parameters = {}, .archives = {}};
  assign_from_toml(claimed.text, "study.toml", phantom_fields(study.parameters));
  study.archives = phantom_archives(phantom_identities(study.parameters));
  write_share(study, ranks);
  ranks.barrier();
  const SharedStep joined = on_rank_0(ranks, [&] {
    write_truth(study);
    return std::string();
  });
  return joined.code;
}

}  // namespace

ExitCode phantom_command(const PhantomOptions& options) {
  return with_mpi([&](const MpiSession& session) { return write_study(options, session.world); });
}

PhantomParameters phantom_parameters(const PhantomOptions& options) {
  PhantomParameters parameters;
  apply_phantom_presets(options.presets, parameters);
  if (!options.config.empty()) {
    assign_from_toml(read_configuration(options.config), options.config,
                     phantom_fields(parameters));
  }
  const auto replace = [](auto& value, const auto& given) { value = given.value_or(value); };
  replace(parameters.seed, options.seed);
  replace(parameters.design.animals_per_group, options.animals_per_group);
  replace(parameters.design.fields_per_animal, options.fields_per_animal);
  replace(parameters.design.session_days, options.session_days);
  replace(parameters.light.peak_photons, options.peak_photons);
  replace(parameters.turnover.extra_persistent_frac, options.extra_persistent_frac);
  check_parameters(parameters);
  return parameters;
}

PhantomParameters read_study(const std::string& path) {
  PhantomParameters parameters;
  assign_from_toml(read_configuration(path), path, phantom_fields(parameters));
  return parameters;
}

}  // namespace bramble
