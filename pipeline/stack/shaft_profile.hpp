#pragma once

#include "kernels/core/geometry.hpp"
#include "kernels/core/volume.hpp"

#include <vector>

namespace bramble {

// What a neurite looks like across, in the plane of the image, over its whole length.
struct ShaftProfile {
  double contrast_counts = 0;  // of the middle over what lies 1.2 to 1.5 um beside it
  double width_um = 0;         // full width at half maximum, blur included
};

// The profile whose value at each distance from the centreline is the median over all of its nodes:
// boutons, spines and what crosses change nothing in it, and of a neurite of 20 um that is dimmer
// than the noise of a voxel the width is still known to a few hundredths of a um. `smoothed` on the
// host, `nodes` a centreline. Wider than 3 um reads 3 um.
ShaftProfile median_profile(VolumeView<const float> smoothed, const std::vector<Position>& nodes);

// Which of the neurites of a stack are dendrites: those that are wide. An axon is about 0.3 um
// thick, a dendrite 0.4 um and more, so the width that is left when the blur is taken off tells
// them apart; the dimmer a neurite is beside the brightest wide one, the wider it has to be, from
// 0.30 um at equal brightness to 0.53 um at a tenth. `blur_fwhm_um` is that of PSF and smoothing
// together. One answer a profile.
std::vector<bool> find_dendrites(const std::vector<ShaftProfile>& profiles, double blur_fwhm_um);

}  // namespace bramble
