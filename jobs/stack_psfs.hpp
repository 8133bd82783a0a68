#pragma once

#include "pipeline/records/manifest.hpp"
#include "pipeline/records/parameters.hpp"
#include "pipeline/stack/choose_psf.hpp"

#include <map>
#include <string>
#include <vector>

namespace bramble {

// The PSFs of the stacks of a run: reads the files that parameters and archives name, each once.
class StackPsfs {
 public:
  explicit StackPsfs(RestoreParameters parameters) : parameters_(std::move(parameters)) {}

  // One PSF, or one for each range of depth that the parameters name. Throws DataError, with file
  // and place, when the PSF that a stack asks for cannot be used.
  std::vector<ChosenPsf> choose(const ManifestEntry& entry, PsfStretch stretch);

 private:
  ChosenPsf choose_one(const ManifestEntry& entry, const RestoreParameters& parameters,
                       PsfStretch stretch);
  ChosenPsf choose_at(const ManifestEntry& entry, const PsfDepth& depth, PsfStretch stretch);
  const StoredPsf* read_once(const std::string& place);

  RestoreParameters parameters_;
  std::map<std::string, StoredPsf> files_;
};

}  // namespace bramble
