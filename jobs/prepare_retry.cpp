#include "jobs/prepare_retry.hpp"

#include "io/archive_reader.hpp"
#include "io/field_result_file.hpp"
#include "io/manifest_file.hpp"
#include "jobs/condition_trials.hpp"
#include "jobs/stack_rows.hpp"
#include "kernels/core/error.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>

namespace bramble {
namespace {

using Entries = std::vector<ManifestEntry>;

bool failed(const RunFolder& folder, const ManifestEntry& entry, const ItemHistories& histories) {
  const std::string status = stack_row(folder, entry, histories).status;
  return status == "failed" || status == "quarantined";
}

bool failed(const RunFolder& folder, const ManifestField& field, const ItemHistories& histories) {
  const auto found = histories.find(field.field_id);
  if (found != histories.end() &&
      (found->second.last.event == JournalEvent::failed || is_quarantined(found->second))) {
    return true;
  }
  const std::filesystem::path path = folder.field_result(field.field_id);
  if (!std::filesystem::exists(path)) {
    return false;
  }
  try {
    read_field_result(path);
    return false;
  } catch (const DataError&) {
    return true;
  }
}

// Whether a place in an archive is what an entry names, or lies in it. A whole file has no place.
bool lies_in(const std::string& path, const std::string& group) {
  return group.empty() || path == group ||
         path.starts_with(group.ends_with('/') ? group : group + "/");
}

bool lies_in_any(const std::string& path, const Entries& entries) {
  return std::ranges::any_of(
      entries, [&](const ManifestEntry& entry) { return lies_in(path, entry.identity.path); });
}

bool is_among(const std::string& path, const Entries& entries) {
  return std::ranges::any_of(
      entries, [&](const ManifestEntry& entry) { return entry.identity.path == path; });
}

// What a file holds now in place of its entries that failed. A stack that is not found any more
// stays, to fail again.
Entries scanned_again(const std::string& file, const Entries& failed_ones, const Entries& kept,
                      const InputParameters& parameters) {
  Entries entries;
  for (ManifestEntry& entry : scan_archive(file, parameters)) {
    const std::string& path = entry.identity.path;
    if (!path.empty() && !is_among(path, kept) && lies_in_any(path, failed_ones)) {
      entries.push_back(std::move(entry));
    }
  }
  for (const ManifestEntry& entry : failed_ones) {
    const bool found = std::ranges::any_of(entries, [&](const ManifestEntry& one) {
      return lies_in(one.identity.path, entry.identity.path);
    });
    if (!found) {
      entries.push_back(entry);
    }
  }
  return entries;
}

std::set<std::string> usable_ids(const Entries& entries) {
  std::set<std::string> ids;
  for (const ManifestEntry& entry : entries) {
    if (is_usable(entry)) {
      ids.insert(entry.identity.stack_id);
    }
  }
  return ids;
}

// Trials that a run of this manifest would not have made, and those that failed with their stack.
void drop_outdated_trials(const RestoreParameters& parameters, PreparedRun& run) {
  std::set<std::string> wanted;
  for (const ManifestEntry& entry : stacks_to_try(run.inputs.manifest, parameters, {}).stacks) {
    wanted.insert(entry.identity.stack_id);
  }
  std::erase_if(run.trials, [&](const ConditionTrial& trial) {
    const bool failed = trial.problem == "trial_failed" && run.retried->contains(trial.stack_id);
    return failed || !wanted.contains(trial.stack_id);
  });
}

}  // namespace

PreparedRun prepare_retry(const RunFolder& folder, const RunRecord& record) {
  PreparedRun run;
  read_folder(folder, record, run);
  if (run.state == FolderState::fresh) {
    throw InvalidArgument(folder.root().string() + ": not a run folder (it is empty)");
  }
  const Manifest& earlier = run.earlier.manifest;
  std::map<std::string, Entries> kept;  // by file
  std::map<std::string, Entries> failed_ones;
  std::set<std::string> kept_ids;
  for (const ManifestEntry& entry : earlier.stacks) {
    const bool again = failed(folder, entry, run.histories);
    (again ? failed_ones : kept)[entry.identity.file].push_back(entry);
    if (!again && is_usable(entry)) {
      kept_ids.insert(entry.identity.stack_id);
    }
  }
  Entries entries;
  for (const auto& [file, ones] : kept) {
    entries.insert(entries.end(), ones.begin(), ones.end());
  }
  for (const auto& [file, ones] : failed_ones) {
    const Entries now = scanned_again(file, ones, kept[file], record.parameters.input);
    entries.insert(entries.end(), now.begin(), now.end());
  }
  run.inputs.manifest = make_manifest(std::move(entries));
  run.retried.emplace();
  std::ranges::set_difference(usable_ids(run.inputs.manifest.stacks), kept_ids,
                              std::inserter(*run.retried, run.retried->end()));
  for (const ManifestField& field : run.inputs.manifest.fields) {
    if (failed(folder, field, run.histories)) {
      run.retried->insert(field.field_id);
    }
  }
  drop_outdated_trials(record.parameters.restore, run);
  return run;
}

}  // namespace bramble
