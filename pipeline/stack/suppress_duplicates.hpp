#pragma once

#include "pipeline/stack/spine_candidates.hpp"

#include <vector>

namespace bramble {

// Half axes of the region round a spine in which a second detection on the same side of the same
// dendrite is the same spine: long across the shaft (head and neck of one spine) and in z (the
// PSF), short along it (neighbours).
struct DuplicateParams {
  double along_um = 0.5;
  double across_um = 1.5;
  double axial_um = 3.5;
  double other_dendrite_um = 0.5;  // in plane: detections of two dendrites that are one
};

// The candidates that stay, as indices in ascending order: best probability first, each removes
// what is its duplicate. Of equal probabilities the earlier candidate counts as better.
std::vector<std::size_t> suppress_duplicates(const std::vector<SpineCandidate>& candidates,
                                             const std::vector<float>& probabilities,
                                             const DuplicateParams& params);

}  // namespace bramble
