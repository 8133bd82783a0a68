#pragma once

#include "kernels/core/volume.hpp"
#include "pipeline/stack/noise_model.hpp"

#include <cstdint>

namespace bramble {

// The photons of a stack in two parts that share nothing but the expected image: what is left, and
// what is kept back to judge a restoration of it.
struct SplitPhotons {
  Volume<float> kept;
  Volume<float> held_out;
  // Mean of `kept` where there is no structure, v included.
  float background_kept = 0;
  // Expected held-out photons over expected kept ones.
  double ratio = 0;
};

// Counts are turned into whole photons, n = round((counts - offset) / gain + v), at least 0, with
// v = read variance / gain^2 (so that read noise looks like light of its own variance and is not
// clipped away); of each voxel's photons Binomial(n, held_out_frac) are held out. A pure function
// of its arguments, the same for any number of threads. The gain must hold the detector's excess
// noise (the slope of variance over mean does), else the parts are not independent. Throws
// InvalidArgument when the gain is not positive or the fraction not between 0 and 1. About 20 ns a
// voxel.
SplitPhotons split_photons(VolumeView<const float> counts, const NoiseModel& noise,
                           double held_out_frac, std::uint64_t seed);

}  // namespace bramble
