#pragma once

#include "kernels/core/volume.hpp"
#include "pipeline/phantom/anatomy.hpp"
#include "pipeline/phantom/session_pose.hpp"
#include "pipeline/records/phantom.hpp"

#include <vector>

namespace bramble {

// One wave of the slowly varying background.
struct BackgroundWave {
  Position radians_per_um;
  double phase_rad = 0;
};

// The random Gaussian field (mean 0, SD 1, correlation length 15 um) of the tissue's background as
// the session sees it.
std::vector<BackgroundWave> draw_background(const PhantomParameters& parameters, PhantomField field,
                                            const SessionPose& pose);

// How bright one session is.
struct SessionLight {
  double photons_per_occupancy = 0;  // at the top slice
  double background_photons = 0;
  double attenuation_length_um = 0;  // of the light in the tissue, on the way in and out; 0: none
  std::vector<BackgroundWave> background_waves = {};  // none: an even background
};

// Brightness varies between sessions with a log SD of 0.20. A nominal shaft (0.8 um, gain 1) at the
// top slice of a session of median brightness gives peak_photons; the background is 1 photon + 5 %
// of that.
SessionLight draw_light(const PhantomParameters& parameters, PhantomField field,
                        std::size_t session, const SessionPose& pose);

// Turns occupancy into expected photons, in place: photons_per_occupancy x occupancy x attenuation
// + background x (1 + 0.3 x field).
void light_up(const SessionLight& light, VolumeView<float> image);

}  // namespace bramble
