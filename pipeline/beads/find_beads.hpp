#pragma once

#include "kernels/core/volume.hpp"

#include <vector>

namespace bramble {

struct FindBeadsParams {
  // Half the size of the window that is cut out around each bead. It should hold the tails of the
  // PSF, whose light would be taken for background otherwise.
  float half_depth_um = 6.0f;
  float half_width_um = 1.6f;
  float threshold_sigma = 10.0f;  // of the smoothed stack, above its background
};

// The windows of the beads that can be used, and why others cannot.
struct FoundBeads {
  std::vector<Volume<float>> windows;  // counts, of one odd extent, brightest near the middle
  int num_candidates = 0;              // bright spots
  int num_at_border = 0;               // whose window reaches out of the stack
  int num_crowded = 0;                 // with another spot in the window or close to it
  int num_saturated = 0;               // with a flat top
};

// Bright isolated spots of a stack of sub-resolution beads: local maxima of the stack smoothed by
// about a third of a PSF. `counts` on the host, not empty. Cost: that of the smoothing.
FoundBeads find_beads(VolumeView<const float> counts, const FindBeadsParams& params);

}  // namespace bramble
