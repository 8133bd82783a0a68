#include "io/archive_reader.hpp"

#include "io/archive_stack.hpp"
#include "io/hdf5_attribute.hpp"
#include "io/hdf5_calls.hpp"
#include "io/hdf5_file.hpp"
#include "kernels/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace bramble {
namespace {

ManifestEntry entry_of(const StackIdentity& identity) {
  ManifestEntry entry;
  entry.identity = identity;
  return entry;
}

// Walks sub-*/ses-*/sample-*/chunk-* and nothing else: other groups, such as sub-*/fovs, are
// indices with links to the same stacks. While it walks, identity.path is the group it has reached.
class ArchiveScan {
 public:
  ArchiveScan(const std::string& file, const InputParameters& parameters)
      : file_(file), parameters_(parameters) {}

  std::vector<ManifestEntry> run() {
    StackIdentity identity;
    identity.file = file_;
    try {
      const H5File file = open_file_read_only(file_);
      check_format(file.get());
      visit_children(file.get(), identity, "sub-", &ArchiveScan::scan_subject);
    } catch (const DataError& error) {
      add_problem(entry_of(identity), error.what());
    }
    return std::move(entries_);
  }

 private:
  using Visit = void (ArchiveScan::*)(hid_t group, StackIdentity& identity,
                                      const std::string& name);

  static void check_format(hid_t file) {
    const std::string format = read_text_attribute(file, "format").value_or("");
    if (format != archive_format) {
      throw DataError(fmt::format(
          "attribute format is \"{}\", expected \"{}\"; convert the file to the archive layout",
          format, archive_format));
    }
    const std::string version = read_text_attribute(file, "format_version").value_or("0.1");
    if (!version.starts_with("0.")) {
      throw DataError(
          fmt::format("attribute format_version is \"{}\", expected {}; use a newer bramble",
                      version, archive_format_version));
    }
  }

  // Visits the groups whose names begin with `prefix`. What goes wrong in one does not keep the
  // next from being read.
  void visit_children(hid_t group, const StackIdentity& parent, const std::string& prefix,
                      Visit visit) {
    std::vector<std::string> names = child_names(group);
    std::erase_if(names, [&](const std::string& name) { return !name.starts_with(prefix); });
    if (names.empty()) {
      throw DataError(fmt::format("holds no group {}*, expected {}; see the archive layout", prefix,
                                  "sub-*/ses-*/sample-*/chunk-*/images/*"));
    }
    for (const std::string& name : names) {
      StackIdentity identity = parent;
      identity.path += "/" + name;
      try {
        const H5Group child = open_group(group, name);
        (this->*visit)(child.get(), identity, name);
      } catch (const DataError& error) {
        add_problem(entry_of(identity), error.what());
      }
    }
  }

  void scan_subject(hid_t group, StackIdentity& identity, const std::string& name) {
    identity.subject_id = name.substr(std::string_view("sub-").size());
    identity.group = read_text_attribute(group, "group").value_or("");
    visit_children(group, identity, "ses-", &ArchiveScan::scan_session);
  }

  void scan_session(hid_t group, StackIdentity& identity, const std::string& name) {
    identity.session_id = name;
    constexpr double hours_per_day = 24;
    if (const auto day = read_number_attribute(group, "day")) {
      identity.day = *day;
    } else if (const auto hours = read_number_attribute(group, "hours_since_treatment")) {
      identity.day = *hours / hours_per_day;
    }
    visit_children(group, identity, "sample-", &ArchiveScan::scan_sample);
  }

  void scan_sample(hid_t group, StackIdentity& identity, const std::string& name) {
    identity.sample = name.substr(std::string_view("sample-").size());
    visit_children(group, identity, "chunk-", &ArchiveScan::scan_chunk);
  }

  void scan_chunk(hid_t group, StackIdentity& identity, const std::string& name) {
    ManifestEntry entry = entry_of(identity);
    entry.identity.fov = name;
    try {
      entry.identity.fov_uid = read_text_attribute(group, "fov_uid").value_or("");
      entry.identity.region = read_text_attribute(group, "location").value_or("");
      entry.identity.path += "/images";
      const H5Group images = open_group(group, "images");
      entry.identity.channel = chosen_channel(images.get());
      entry.identity.path += "/" + entry.identity.channel;
      const H5Dataset dataset = open_dataset(images.get(), entry.identity.channel);
      entry.stored_bytes = static_cast<std::int64_t>(H5Dget_storage_size(dataset.get()));
      read_acquisition(group, dataset.get(), parameters_, entry.acquisition);
      entries_.push_back(entry);
    } catch (const DataError& error) {
      add_problem(std::move(entry), error.what());
    }
  }

  std::string chosen_channel(hid_t images) const {
    const std::vector<std::string> channels = child_names(images);
    const std::string& wanted = parameters_.channel;
    if (channels.empty()) {
      throw DataError("holds no channel, expected one dataset (z, y, x) per channel");
    }
    if (!wanted.empty()) {
      if (std::ranges::count(channels, wanted) == 0) {
        throw DataError(fmt::format("holds no channel {}; there is {}: choose with --channel",
                                    wanted, fmt::join(channels, ", ")));
      }
      return wanted;
    }
    if (channels.size() > 1) {
      throw DataError(
          fmt::format("holds {} channels, expected one; choose with --channel one of {}",
                      channels.size(), fmt::join(channels, ", ")));
    }
    return channels.front();
  }

  void add_problem(ManifestEntry entry, const std::string& what) {
    const std::string& path = entry.identity.path;
    entry.problem = fmt::format("{}{}{}: {}", file_, path.empty() ? "" : ": ", path, what);
    entries_.push_back(std::move(entry));
  }

  const std::string& file_;
  const InputParameters& parameters_;
  std::vector<ManifestEntry> entries_;
};

}  // namespace

std::vector<ManifestEntry> scan_archive(const std::string& file,
                                        const InputParameters& parameters) {
  const Hdf5ErrorsSilenced silenced;
  return ArchiveScan(file, parameters).run();
}

}  // namespace bramble
