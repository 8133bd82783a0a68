#include "jobs/run_folder.hpp"

#include "io/atomic_file.hpp"
#include "jobs/parameters_toml.hpp"
#include "jobs/provenance_toml.hpp"
#include "kernels/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <vector>

namespace bramble {
namespace {

namespace fs = std::filesystem;

std::string label_in_file_name(const std::string& label) {
  std::string name = label;
  for (char& letter : name) {
    const bool plain = std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '-' ||
                       letter == '_' || letter == '+';
    letter = plain ? letter : '_';
  }
  return name;
}

// Readable, and unique by the id at its end whatever the labels hold.
std::string stack_file_name(const StackIdentity& identity) {
  return fmt::format("sub-{}_{}_{}_{}", label_in_file_name(identity.subject_id),
                     label_in_file_name(identity.session_id), label_in_file_name(identity.fov),
                     identity.stack_id.substr(0, 6));
}

std::string version_text(const Provenance& provenance) {
  return fmt::format("{} (commit {})", provenance.version, provenance.commit);
}

// The lock, or what a process made on its way to it.
bool is_lock(const RunFolder& folder, const fs::path& path) {
  return path.filename().string().starts_with(folder.lock().filename().string());
}

bool holds_more_than_locks(const RunFolder& folder) {
  if (!fs::exists(folder.root())) {
    return false;
  }
  const fs::directory_iterator entries(folder.root());
  return std::any_of(begin(entries), end(entries), [&](const fs::directory_entry& entry) {
    return !is_lock(folder, entry.path());
  });
}

}  // namespace

fs::path RunFolder::journal(int rank) const {
  return journals() / fmt::format("rank-{:04}.jsonl", rank);
}

fs::path RunFolder::stack_result(const std::string& stack_id) const {
  return stacks() / stack_id.substr(0, 2) / (stack_id + ".h5");
}

fs::path RunFolder::field_result(const std::string& field_id) const {
  return fields() / field_id.substr(0, 2) / (field_id + ".h5");
}

fs::path RunFolder::swc(const StackIdentity& identity) const {
  return root_ / "swc" / (stack_file_name(identity) + ".swc");
}

fs::path RunFolder::overlay(const StackIdentity& identity) const {
  return overlays() / (stack_file_name(identity) + ".png");
}

void write_run_record(const RunFolder& folder, const RunRecord& record) {
  write_text_atomically(folder.run_toml(), parameters_to_toml(record.parameters) + "\n" +
                                               provenance_to_toml(record.provenance));
}

RunRecord read_run_record(const RunFolder& folder) {
  const std::string path = folder.run_toml();
  if (!fs::exists(path)) {
    throw InvalidArgument(folder.root().string() +
                          ": not a run folder (it has no run.toml); name the folder given to "
                          "bramble run --out");
  }
  RunRecord record;
  record.provenance = read_provenance(path);
  record.parameters = read_parameters(path);
  return record;
}

FolderState check_run_folder(const RunFolder& folder, const RunRecord& record) {
  const bool occupied = holds_more_than_locks(folder);
  if (occupied && !fs::exists(folder.run_toml())) {
    throw InvalidArgument(folder.root().string() +
                          ": exists and is not a run folder; give --out a new folder");
  }
  if (!occupied) {
    return FolderState::fresh;
  }
  // The version first: another version may not know the parameters of this one.
  const Provenance there = read_provenance(folder.run_toml());
  if (version_text(there) != version_text(record.provenance)) {
    throw InvalidArgument(fmt::format(
        "{}: made by bramble {}, this is {} (results of two versions do not mix); give --out a new "
        "folder",
        folder.root().string(), version_text(there), version_text(record.provenance)));
  }
  if (there.parameters_hash != record.provenance.parameters_hash) {
    const std::vector<std::string> differences =
        parameter_differences(read_parameters(folder.run_toml()), record.parameters);
    throw InvalidArgument(fmt::format(
        "{}: made with other parameters ({}); give --out a new folder or use --config {}",
        folder.root().string(), fmt::join(differences, "; "), folder.run_toml().string()));
  }
  return FolderState::resumed;
}

void remove_leftovers(const RunFolder& folder) {
  std::vector<fs::path> leftovers;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder.root())) {
    if (entry.is_regular_file() && entry.path().extension() == ".tmp") {
      leftovers.push_back(entry.path());
    }
  }
  for (const fs::path& path : leftovers) {
    fs::remove(path);
  }
}

std::set<std::string> results_on_disk(const fs::path& folder) {
  // Names come from listing folders, never from asking for a file that is not there yet: network
  // file systems remember such an answer for many seconds, while another node writes the file.
  std::set<std::string> ids;
  if (!fs::exists(folder)) {
    return ids;
  }
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".h5") {
      ids.insert(entry.path().stem());
    }
  }
  return ids;
}

}  // namespace bramble
