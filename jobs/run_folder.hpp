#pragma once

#include "pipeline/records/identity.hpp"
#include "pipeline/records/parameters.hpp"
#include "pipeline/records/provenance.hpp"

#include <filesystem>
#include <set>
#include <string>

namespace bramble {

// Where everything of a run lies (blueprint section 5). Names only: nothing is read or made here.
class RunFolder {
 public:
  explicit RunFolder(std::filesystem::path root) : root_(std::move(root)) {}

  const std::filesystem::path& root() const noexcept { return root_; }
  std::filesystem::path run_toml() const { return root_ / "run.toml"; }
  std::filesystem::path manifest() const { return root_ / "manifest.json"; }
  std::filesystem::path conditions() const { return root_ / "conditions.json"; }
  std::filesystem::path lock() const { return root_ / "run.lock"; }
  std::filesystem::path log() const { return root_ / "log.txt"; }
  std::filesystem::path timings() const { return root_ / "timings.tsv"; }
  std::filesystem::path report() const { return root_ / "report.html"; }
  std::filesystem::path tables() const { return root_ / "tables"; }
  std::filesystem::path journals() const { return root_ / "journal"; }
  std::filesystem::path journal(int rank) const;  // journal/rank-0003.jsonl
  std::filesystem::path overlays() const { return root_ / "overlays"; }
  std::filesystem::path stacks() const { return root_ / "stacks"; }
  std::filesystem::path fields() const { return root_ / "fields"; }
  // Results lie in 256 folders by the first two digits of their id, so that no folder grows huge.
  std::filesystem::path stack_result(const std::string& stack_id) const;
  std::filesystem::path field_result(const std::string& field_id) const;
  std::filesystem::path swc(const StackIdentity& identity) const;
  std::filesystem::path overlay(const StackIdentity& identity) const;

 private:
  std::filesystem::path root_;
};

// What run.toml says: who made the folder, with which parameters.
struct RunRecord {
  Parameters parameters;
  Provenance provenance;  // without input_sha256
};

// Writes run.toml.
void write_run_record(const RunFolder& folder, const RunRecord& record);

// Throws InvalidArgument when the folder is no run folder or another version made it, naming both
// versions.
RunRecord read_run_record(const RunFolder& folder);

enum class FolderState { fresh, resumed };

// Whether the folder is new (empty, or a lock and nothing else), or was made with the same
// parameters, version and commit. Throws InvalidArgument with what differs, or when the folder
// holds something else. Changes nothing.
FolderState check_run_folder(const RunFolder& folder, const RunRecord& record);

// Removes what a killed process left half written.
void remove_leftovers(const RunFolder& folder);

// The ids of the results below `folder` (stacks() or fields()).
std::set<std::string> results_on_disk(const std::filesystem::path& folder);

}  // namespace bramble
