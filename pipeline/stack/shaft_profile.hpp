#pragma once

#include "kernels/core/geometry.hpp"
#include "kernels/core/volume.hpp"

#include <vector>

namespace bramble {

// What a neurite looks like across, in the plane of the image, over its whole length.
struct ShaftProfile {
  double contrast_counts = 0;  // of the middle over what lies 1.2 to 1.5 um beside it
  double width_um = 0;         // full width at half of it (profile_width), blur included
  // How skewed the light 0.7 to 1.1 um beside it is, along both sides, over the contrast: spines
  // are a few bright places among many dark ones, noise is as often dark as bright.
  double spine_light_ratio = 0;
  double beading_ratio = 0;  // first to ninth decile of the contrast along it, over its median
};

// The profile whose value at each distance from the centreline is the median over all of its nodes:
// boutons, spines and what crosses change nothing in it, and of a neurite of 20 um that is dimmer
// than the noise of a voxel the width is still known to a few hundredths of a um. `smoothed` on the
// host, `nodes` a centreline. Wider than 3 um reads 3 um.
ShaftProfile median_profile(VolumeView<const float> smoothed, const std::vector<Position>& nodes);

// How far each of the neurites of a stack is a dendrite: its width over the width that it needs,
// from 1 on it is one. An axon is about 0.3 um thick, bare and beaded with boutons, a dendrite
// 0.4 um and more, spiny and even. So the width that is left when the blur is taken off, the light
// of spines and the beading tell them apart; the dimmer a neurite is beside the others, the wider
// it has to be. An even one as bright as the others needs 0.30 um if bare and 0.18 um if spiny, one
// a tenth as bright 0.96 and 0.58 um; beading of twice the usual makes that a fifth more.
// Brightness is contrast over the mean contrast of all, each weighted by its contrast.
// `blur_fwhm_um` is that of PSF and smoothing together. One answer a profile.
std::vector<double> dendrite_evidence(const std::vector<ShaftProfile>& profiles,
                                      double blur_fwhm_um);

}  // namespace bramble
