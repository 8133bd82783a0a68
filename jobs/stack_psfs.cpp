#include "jobs/stack_psfs.hpp"

#include "io/psf_file.hpp"
#include "kernels/core/error.hpp"

#include <fmt/format.h>

#include <cmath>

namespace bramble {

std::vector<ChosenPsf> StackPsfs::choose(const ManifestEntry& entry, PsfStretch stretch) {
  std::vector<ChosenPsf> chosen;
  if (parameters_.psf_depths.empty()) {
    chosen.push_back(choose_one(entry, parameters_, stretch));
  }
  for (std::size_t i = 0; i < parameters_.psf_depths.size(); ++i) {
    try {
      chosen.push_back(choose_at(entry, parameters_.psf_depths[i], stretch));
    } catch (const DataError& error) {
      throw DataError(fmt::format("restore.psf_depths[{}].psf: {}", i, error.what()));
    }
  }
  return chosen;
}

ChosenPsf StackPsfs::choose_at(const ManifestEntry& entry, const PsfDepth& depth,
                               PsfStretch stretch) {
  RestoreParameters parameters = parameters_;
  parameters.psf = depth.psf;
  parameters.psf_fwhm_xy_um = depth.psf_fwhm_xy_um;
  parameters.psf_fwhm_z_um = depth.psf_fwhm_z_um;
  ChosenPsf chosen = choose_one(entry, parameters, stretch);
  chosen.record.from_um = static_cast<double>(depth.from_um);
  if (std::isfinite(depth.to_um)) {
    chosen.record.to_um = static_cast<double>(depth.to_um);
  }
  return chosen;
}

ChosenPsf StackPsfs::choose_one(const ManifestEntry& entry, const RestoreParameters& parameters,
                                PsfStretch stretch) {
  const Acquisition& acquisition = entry.acquisition;
  const bool names_file = parameters.psf != "auto" && parameters.psf != "gaussian";
  const bool uses_archive = parameters.psf == "auto" && !acquisition.psf_path.empty();
  const PsfFiles files{.given = names_file ? read_once(parameters.psf) : nullptr,
                       .archived = uses_archive
                                       ? read_once(entry.identity.file + ":" + acquisition.psf_path)
                                       : nullptr};
  return choose_psf(acquisition, parameters, files, stretch);
}

const StoredPsf* StackPsfs::read_once(const std::string& place) {
  const auto found = files_.find(place);
  return found != files_.end() ? &found->second
                               : &files_.emplace(place, read_psf(place)).first->second;
}

}  // namespace bramble
