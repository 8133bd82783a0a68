#include "jobs/command_scan.hpp"

#include "io/manifest_file.hpp"
#include "jobs/input_scan.hpp"
#include "jobs/selection.hpp"
#include "jobs/work_plan.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>

namespace bramble {
namespace {

namespace fs = std::filesystem;

// The manifest's writer knows files only: it goes through one.
void print_manifest_json(const Manifest& manifest) {
  const fs::path path =
      fs::temp_directory_path() / fmt::format("bramble-manifest-{}.json", getpid());
  write_manifest(path, manifest);
  std::cout << std::ifstream(path).rdbuf();
  fs::remove(path);
}

std::string or_missing(const std::string& text) { return text.empty() ? "n/a" : text; }

void print_table(const Manifest& manifest) {
  fmt::print("{:<12} {:<10} {:<10} {:>6} {:<12} {:<16} {:<14} {:<18} {}\n", "subject", "group",
             "session", "day", "region", "fov", "shape", "spacing_um", "channel");
  for (const ManifestEntry& entry : manifest.stacks) {
    if (!is_usable(entry)) {
      continue;
    }
    const StackIdentity& identity = entry.identity;
    const Extent extent = entry.acquisition.extent;
    const Spacing spacing = entry.acquisition.spacing;
    fmt::print("{:<12} {:<10} {:<10} {:>6} {:<12} {:<16} {:<14} {:<18} {}\n", identity.subject_id,
               or_missing(identity.group), identity.session_id,
               identity.day == identity.day ? fmt::format("{:g}", identity.day) : "n/a",
               or_missing(identity.region), identity.fov,
               fmt::format("{}x{}x{}", extent.z, extent.y, extent.x),
               fmt::format("{}x{}x{}", spacing.z_um, spacing.y_um, spacing.x_um), identity.channel);
  }
}

}  // namespace

ExitCode scan_command(const ScanOptions& options) {
  const Parameters parameters = resolve_parameters(options.input);
  const Selection selection = parse_selection(options.input.selection);
  const Manifest manifest =
      select(scan_inputs(options.input.archives, parameters.input), selection);
  if (!options.out.empty()) {
    write_manifest(options.out, manifest);
  }
  const ManifestCounts counts = count_entries(manifest);
  if (options.json) {
    print_manifest_json(manifest);
  } else {
    print_table(manifest);
    fmt::print("{} stacks in {} fields can be used, {} excluded, {} cannot be used\n",
               counts.num_usable, manifest.fields.size(), counts.num_excluded, counts.num_unusable);
  }
  for (const std::string& reason : unusable_entries(manifest)) {
    fmt::print(stderr, "bramble: {}\n", reason);
  }
  if (counts.num_usable == 0) {
    return ExitCode::nothing_usable;
  }
  return counts.num_unusable > 0 ? ExitCode::some_failed : ExitCode::complete;
}

}  // namespace bramble
