#include "jobs/input_scan.hpp"

#include "io/archive_reader.hpp"
#include "io/manifest_file.hpp"
#include "jobs/work_plan.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

namespace bramble {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> archives_in(const std::string& folder) {
  std::vector<std::string> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".h5") {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

std::vector<std::string> expand_archives(const std::vector<std::string>& arguments) {
  std::vector<std::string> files;
  std::set<fs::path> seen;
  const auto add = [&](const std::string& file) {
    if (seen.insert(fs::weakly_canonical(file)).second) {
      files.push_back(file);
    }
  };
  for (const std::string& argument : arguments) {
    if (fs::is_directory(argument)) {
      for (const std::string& file : archives_in(argument)) {
        add(file);
      }
    } else {
      add(argument);
    }
  }
  return files;
}

Manifest scan_inputs(const std::vector<std::string>& arguments, const InputParameters& parameters) {
  std::vector<ManifestEntry> entries;
  for (const std::string& file : expand_archives(arguments)) {
    for (ManifestEntry& entry : scan_archive(file, parameters)) {
      entries.push_back(std::move(entry));
    }
  }
  return make_manifest(std::move(entries));
}

ManifestCounts count_entries(const Manifest& manifest) {
  ManifestCounts counts;
  for (const ManifestEntry& entry : manifest.stacks) {
    ++(is_usable(entry)     ? counts.num_usable
       : is_excluded(entry) ? counts.num_excluded
                            : counts.num_unusable);
  }
  return counts;
}

std::vector<std::string> unusable_entries(const Manifest& manifest) {
  std::vector<std::string> lines;
  for (const ManifestEntry& entry : manifest.stacks) {
    if (!is_usable(entry) && !is_excluded(entry)) {
      lines.push_back(entry.problem);
    }
  }
  return lines;
}

}  // namespace bramble
