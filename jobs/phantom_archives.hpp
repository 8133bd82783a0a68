#pragma once

#include "pipeline/records/identity.hpp"
#include "pipeline/records/phantom_parameters.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace bramble {

// One archive of a synthetic study: the stacks of one animal and session.
struct PhantomArchive {
  std::string name;                 // "sub-K01_ses-d01"
  std::vector<std::size_t> stacks;  // by their place in phantom_identities
};

// In the order of their first stacks.
std::vector<PhantomArchive> phantom_archives(const std::vector<StackIdentity>& identities);

// Makes the stacks of one archive, one after the other, and writes <out>/<name>.h5, an SWC file per
// dendrite below <out>/swc, and the archive's lines of each truth table below <out>/truth_lines.
void write_phantom_archive(const std::filesystem::path& out, const PhantomParameters& parameters,
                           const PhantomArchive& archive);

// Joins the lines of all archives to the truth tables in `out` and removes <out>/truth_lines.
void join_truth_lines(const std::filesystem::path& out,
                      const std::vector<PhantomArchive>& archives);

}  // namespace bramble
