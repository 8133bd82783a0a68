#pragma once

#include "kernels/core/volume.hpp"
#include "pipeline/stack/join_branches.hpp"

#include <vector>

namespace bramble {

struct AttachEndsParams {
  double direction_reach_um = 2.0;  // an end looks where its last um lead
  double axial_weight = 0.3;        // of ways in z, which the PSF draws out
  double max_gap_um = 5.0;
  double least_cosine = 0.6;            // between that direction and the way to the other path
  double least_brightness_ratio = 0.5;  // of the dimmest place on the way over the end's own
};

// A thin branch is lost in the glare beside the dendrite that it leaves. Leads every free end that
// looks at the side of an earlier path, over no more than the gap and along a way that stays
// bright, straight to the nearest of its points that lies ahead; that point becomes the end of the
// path too. `paths` as join_branches orders them: the longer one is the dendrite. `smoothed` on the
// host. Order and number of the paths stay.
void attach_ends(std::vector<ShaftPath>& paths, VolumeView<const float> smoothed,
                 const AttachEndsParams& params);

}  // namespace bramble
