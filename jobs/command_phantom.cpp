#include "jobs/command_phantom.hpp"

#include "io/archive_writer.hpp"
#include "io/phantom_truth.hpp"
#include "kernels/core/error.hpp"
#include "pipeline/phantom/phantom_study.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <map>

namespace bramble {
namespace {

namespace fs = std::filesystem;

// The stacks of one archive, by file name.
std::map<std::string, std::vector<std::size_t>> archives_of(
    const std::vector<StackIdentity>& identities) {
  std::map<std::string, std::vector<std::size_t>> archives;
  for (std::size_t i = 0; i < identities.size(); ++i) {
    const std::string name =
        fmt::format("sub-{}_{}.h5", identities[i].subject_id, identities[i].session_id);
    archives[name].push_back(i);
  }
  return archives;
}

std::vector<const PhantomStack*> pointers_to(const std::vector<PhantomStack>& stacks,
                                             std::size_t first) {
  std::vector<const PhantomStack*> pointers;
  for (std::size_t i = first; i < stacks.size(); ++i) {
    pointers.push_back(&stacks[i]);
  }
  return pointers;
}

}  // namespace

PhantomParameters phantom_preset(const std::string& name) {
  PhantomParameters parameters;
  if (name == "tiny") {
    parameters.animals_per_group = 1;
    parameters.session_days = {-1, 1};
    parameters.extent = {10, 128, 128};
    return parameters;
  }
  require(name == "study", "--preset " + name + ": expected study or tiny");
  return parameters;
}

ExitCode phantom_command(const PhantomOptions& options) {
  const std::vector<StackIdentity> identities = phantom_identities(options.parameters);
  std::vector<PhantomStack> stacks;  // by archive; their voxels are let go once they are written
  stacks.reserve(identities.size());
  for (const auto& [name, members] : archives_of(identities)) {
    const std::size_t first = stacks.size();
    for (const std::size_t i : members) {
      stacks.push_back(phantom_stack(options.parameters, i));
    }
    const fs::path file = fs::path(options.out) / name;
    write_archive(file, pointers_to(stacks, first));
    for (std::size_t i = first; i < stacks.size(); ++i) {
      stacks[i].counts = Volume<std::uint16_t>();
    }
    fmt::print("{}  {} stacks\n", file.string(), members.size());
  }
  write_phantom_truth(options.out, pointers_to(stacks, 0));
  fmt::print("{}  ground truth\n", (fs::path(options.out) / "truth_spines.csv").string());
  return ExitCode::complete;
}

}  // namespace bramble
