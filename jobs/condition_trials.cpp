#include "jobs/condition_trials.hpp"

#include "io/archive_reader.hpp"
#include "jobs/stack_psfs.hpp"
#include "jobs/work_plan.hpp"
#include "kernels/core/error.hpp"
#include "pipeline/stack/calibrate.hpp"
#include "pipeline/stack/condition_trial.hpp"
#include "pipeline/stack/slice_motion.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace bramble {
namespace {

constexpr std::size_t stacks_per_condition = 3;

bool leaves_something_to_decide(const Acquisition& acquisition,
                                const RestoreParameters& parameters) {
  const bool keeps_stack = parameters.iterations == 0;
  return !keeps_stack && (!parameters.iterations || assumes_psf(acquisition, parameters));
}

bool is_tried(const ManifestEntry& entry, const std::string& condition,
              const std::vector<ConditionTrial>& known) {
  return std::ranges::any_of(known, [&](const ConditionTrial& trial) {
    return trial.stack_id == entry.identity.stack_id && trial.condition == condition;
  });
}

// The stack with its slices put back in whole voxels: interpolation would make the noise of
// neighbours alike, and held-out photons could be guessed from the others.
Counts steady_counts(Counts counts, const NoiseModel& noise, float saturation_counts) {
  const CountsView view = view_of(counts);
  const SliceMotion motion = whole_voxel_motion(
      estimate_slice_motion(cpu_exec, view, view, noise.offset_counts), view.spacing);
  if (!motion.changes_stack()) {
    return counts;
  }
  Volume<float> corrected(MemorySpace::host, view.extent, view.spacing);
  correct_motion(cpu_exec, motion, view, saturation_counts, corrected.view());
  return corrected;
}

ConditionTrial try_stack(const Exec& exec, const ManifestEntry& entry,
                         const RestoreParameters& parameters, StackPsfs& psfs) {
  Counts counts = read_stack(entry).counts;
  const NoiseModel noise = estimate_noise(view_of(counts), entry.acquisition);
  const float saturation = saturation_counts(entry.acquisition);
  if (parameters.motion_correction) {
    counts = steady_counts(std::move(counts), noise, saturation);
  }
  const ConditionTrialParams params{.saturation_counts = saturation};
  const std::vector<ChosenPsf> chosen = psfs.choose(entry, {});
  const auto stretched = [&](PsfStretch stretch) {
    return std::move(psfs.choose(entry, stretch).front().psf);
  };
  return chosen.front().record.source == "assumed"
             ? try_widths(exec, view_of(counts), noise, stretched, params)
             : try_iterations(exec, view_of(counts), noise, stack_psf(chosen, entry.acquisition),
                              params);
}

ConditionTrial trial_of(const Exec& exec, const ManifestEntry& entry,
                        const RestoreParameters& parameters, StackPsfs& psfs) {
  ConditionTrial trial;
  try {
    trial = try_stack(exec, entry, parameters, psfs);
  } catch (const DeviceError&) {
    throw;
  } catch (const std::exception& error) {
    trial.problem = "trial_failed";
    trial.message = error.what();
  }
  trial.condition = acquisition_condition(entry.acquisition, parameters);
  trial.stack_id = entry.identity.stack_id;
  return trial;
}

std::vector<ConditionTrial> run_share(const Communicator& ranks, const Exec& exec,
                                      const Manifest& stacks, const RestoreParameters& parameters) {
  StackPsfs psfs(parameters);
  std::vector<ConditionTrial> trials;
  const auto first = static_cast<std::size_t>(ranks.rank());
  for (std::size_t i = first; i < stacks.stacks.size();
       i += static_cast<std::size_t>(ranks.size())) {
    trials.push_back(trial_of(exec, stacks.stacks[i], parameters, psfs));
  }
  return trials;
}

}  // namespace

Manifest stacks_to_try(const Manifest& manifest, const RestoreParameters& parameters,
                       const std::vector<ConditionTrial>& known) {
  std::map<std::string, std::vector<ManifestEntry>> by_condition;
  for (const ManifestEntry& entry : manifest.stacks) {
    if (is_usable(entry) && leaves_something_to_decide(entry.acquisition, parameters)) {
      by_condition[acquisition_condition(entry.acquisition, parameters)].push_back(entry);
    }
  }
  Manifest chosen;
  for (auto& [condition, entries] : by_condition) {
    std::ranges::sort(entries, {},
                      [](const ManifestEntry& entry) { return entry.identity.stack_id; });
    entries.resize(std::min(entries.size(), stacks_per_condition));
    for (const ManifestEntry& entry : entries) {
      if (!is_tried(entry, condition, known)) {
        chosen.stacks.push_back(entry);
      }
    }
  }
  return chosen;
}

std::vector<ConditionTrial> run_trials(const Communicator& ranks, const Exec& exec,
                                       const Manifest& stacks,
                                       const RestoreParameters& parameters) {
  const std::string mine = trials_to_text(run_share(ranks, exec, stacks, parameters));
  std::vector<ConditionTrial> trials;
  for (const std::string& text : ranks.all_gather(mine)) {
    for (ConditionTrial& trial : trials_from_text(text)) {
      trials.push_back(std::move(trial));
    }
  }
  std::ranges::sort(trials, {}, [](const ConditionTrial& trial) {
    return std::tie(trial.condition, trial.stack_id);
  });
  return trials;
}

std::vector<Calibration> calibrate_conditions(const Manifest& manifest,
                                              const RestoreParameters& parameters,
                                              const std::vector<ConditionTrial>& trials) {
  std::map<std::string, const ManifestEntry*> first_of;
  for (const ManifestEntry& entry : manifest.stacks) {
    if (is_usable(entry)) {
      first_of.emplace(acquisition_condition(entry.acquisition, parameters), &entry);
    }
  }
  StackPsfs psfs(parameters);
  std::vector<Calibration> calibrations;
  for (const auto& [condition, entry] : first_of) {
    std::vector<ConditionTrial> own;
    std::ranges::copy_if(trials, std::back_inserter(own),
                         [&](const ConditionTrial& trial) { return trial.condition == condition; });
    try {
      std::vector<PsfRecord> records;
      for (const ChosenPsf& chosen : psfs.choose(*entry, agreed_stretch(own))) {
        records.push_back(chosen.record);
      }
      calibrations.push_back(calibrate(condition, parameters, records, own));
    } catch (const DataError&) {
      calibrations.push_back(calibrate(condition, parameters, {}, own));
    }
  }
  return calibrations;
}

}  // namespace bramble
