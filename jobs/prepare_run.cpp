#include "jobs/prepare_run.hpp"

#include "io/manifest_file.hpp"
#include "jobs/condition_trials.hpp"
#include "jobs/conditions_file.hpp"
#include "jobs/input_scan.hpp"
#include "jobs/journal.hpp"
#include "jobs/run_log.hpp"
#include "jobs/selection.hpp"
#include "kernels/core/error.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <filesystem>
#include <tuple>

namespace bramble {
namespace {

Manifest usable_manifest(const InputOptions& options, const Parameters& parameters) {
  const Selection selection = parse_selection(options.selection);
  Manifest manifest = select(scan_inputs(options.archives, parameters.input), selection);
  if (count_entries(manifest).num_usable > 0) {
    return manifest;
  }
  const std::vector<std::string> reasons = unusable_entries(manifest);
  throw DataError(fmt::format(
      "nothing usable in the input{}{}{}",
      options.selection.empty() ? "" : fmt::format(" with --select {}", options.selection),
      reasons.empty() ? "; give archives that hold stacks" : ":\n  ", fmt::join(reasons, "\n  ")));
}

// What an earlier run of the folder worked from. Nothing when the files are not there or not
// readable: then no result stands.
EarlierRun read_earlier_run(const RunFolder& folder) {
  try {
    return {.manifest = read_manifest(folder.manifest()),
            .conditions = read_conditions(folder.conditions())};
  } catch (const DataError&) {
    return {};
  }
}

int next_attempt(const std::vector<JournalLine>& journal) {
  int latest = 0;
  for (const JournalLine& line : journal) {
    latest = std::max(latest, line.attempt);
  }
  return latest + 1;
}

// Only what is retried, results that no longer stand, and the fields of either.
void plan_retry(std::set<std::string> on_disk, PreparedRun& run) {
  for (const std::string& id : *run.retried) {
    // A result that is there cannot be read.
    if (on_disk.contains(id) && std::ranges::find(run.stale, id) == run.stale.end()) {
      run.stale.push_back(id);
    }
    // One that took its process down comes last and alone, in case it does so again.
    int& num_deaths = run.histories[id].num_deaths;
    num_deaths = std::min(num_deaths, 1);
  }
  std::set<std::string> again = *run.retried;
  again.insert(run.stale.begin(), run.stale.end());
  std::set<std::string> left_alone = std::move(on_disk);
  for (const ManifestEntry& entry : run.inputs.manifest.stacks) {
    left_alone.insert(entry.identity.stack_id);
  }
  std::erase_if(left_alone, [&](const std::string& id) { return again.contains(id); });
  run.plan = plan_work(run.inputs.manifest, left_alone, run.histories);
  std::erase_if(run.plan.items, [&](const WorkItem& item) {
    return item.kind == ItemKind::field && item.after.empty() &&
           !again.contains(run.inputs.manifest.fields[item.index].field_id);
  });
}

void note_retried(const RunFolder& folder, const PreparedRun& run) {
  std::set<std::string> field_ids;
  for (const ManifestField& field : run.inputs.manifest.fields) {
    field_ids.insert(field.field_id);
  }
  JournalWriter journal(folder.journal(0));
  for (const std::string& id : *run.retried) {
    JournalLine line;
    line.event = JournalEvent::retried;
    line.id = id;
    line.kind = field_ids.contains(id) ? ItemKind::field : ItemKind::stack;
    line.attempt = run.attempt;
    journal.append(line);
  }
}

}  // namespace

PreparedRun prepare_run(const InputOptions& options, const RunFolder& folder,
                        const RunRecord& record) {
  PreparedRun run;
  run.inputs.manifest = usable_manifest(options, record.parameters);
  read_folder(folder, record, run);
  return run;
}

void read_folder(const RunFolder& folder, const RunRecord& record, PreparedRun& run) {
  run.state = check_run_folder(folder, record);
  run.earlier = read_earlier_run(folder);
  run.trials = run.earlier.conditions.trials;
  const std::vector<JournalLine> journal = read_journals(folder.journals());
  run.histories = item_histories(journal, false);
  run.attempt = next_attempt(journal);
}

void plan_run(const RunFolder& folder, const RunRecord& record,
              const std::vector<ConditionTrial>& new_trials, PreparedRun& run) {
  run.trials.insert(run.trials.end(), new_trials.begin(), new_trials.end());
  // As if all had been made at once.
  std::ranges::sort(run.trials, {}, [](const ConditionTrial& trial) {
    return std::tie(trial.condition, trial.stack_id);
  });
  run.inputs.restore = record.parameters.restore;
  run.inputs.calibrations =
      calibrate_conditions(run.inputs.manifest, record.parameters.restore, run.trials);
  std::set<std::string> on_disk = results_on_disk(folder.stacks());
  run.stale = stale_stacks(on_disk,
                           {.manifest = run.earlier.manifest,
                            .restore = record.parameters.restore,
                            .calibrations = run.earlier.conditions.calibrations},
                           run.inputs);
  if (run.retried) {
    plan_retry(std::move(on_disk), run);
    return;
  }
  for (const std::string& id : run.stale) {
    on_disk.erase(id);
  }
  run.plan = plan_work(run.inputs.manifest, on_disk, run.histories);
}

void commit_run(const RunFolder& folder, const RunRecord& record, const PreparedRun& run) {
  if (run.state == FolderState::fresh) {
    std::filesystem::create_directories(folder.root());
    write_run_record(folder, record);
  }
  log_to(folder.log());
  remove_leftovers(folder);
  for (const std::string& id : run.stale) {
    spdlog::info("stack {}: its result no longer stands and is made again", id);
    std::filesystem::remove(folder.stack_result(id));
  }
  for (const auto& [id, history] : run.histories) {
    if (is_quarantined(history)) {
      spdlog::warn("{} {}: {}", history.last.kind == ItemKind::stack ? "stack" : "field", id,
                   quarantine_message);
    }
  }
  if (run.retried) {
    spdlog::info("retry of {} stacks and fields", run.retried->size());
    note_retried(folder, run);
  }
  write_manifest(folder.manifest(), run.inputs.manifest);
  write_conditions(folder.conditions(),
                   {.calibrations = run.inputs.calibrations, .trials = run.trials});
}

}  // namespace bramble
