#include "jobs/stack_psfs.hpp"

#include "io/psf_file.hpp"

namespace bramble {

ChosenPsf StackPsfs::choose(const ManifestEntry& entry, PsfStretch stretch) {
  const Acquisition& acquisition = entry.acquisition;
  const bool names_file = parameters_.psf != "auto" && parameters_.psf != "gaussian";
  const bool uses_archive = parameters_.psf == "auto" && !acquisition.psf_path.empty();
  const PsfFiles files{.given = names_file ? read_once(parameters_.psf) : nullptr,
                       .archived = uses_archive
                                       ? read_once(entry.identity.file + ":" + acquisition.psf_path)
                                       : nullptr};
  return choose_psf(acquisition, parameters_, files, stretch);
}

const StoredPsf* StackPsfs::read_once(const std::string& place) {
  const auto found = files_.find(place);
  return found != files_.end() ? &found->second
                               : &files_.emplace(place, read_psf(place)).first->second;
}

}  // namespace bramble
