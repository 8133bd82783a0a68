#pragma once

#include "kernels/core/volume.hpp"
#include "pipeline/phantom/background.hpp"
#include "pipeline/phantom/motion.hpp"
#include "pipeline/phantom/phantom_field.hpp"
#include "pipeline/phantom/psf_model.hpp"
#include "pipeline/phantom/session_pose.hpp"
#include "pipeline/phantom/vessel.hpp"
#include "pipeline/records/phantom_parameters.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace bramble {

// How bright one session is.
struct SessionLight {
  struct Slice {
    double photons_per_occupancy = 0;
    double background_photons = 0;
  };
  std::vector<Slice> slices;  // dropped ones are dark
  double background_modulation = 0;
  PhantomBackground background;
  std::optional<VesselShadow> vessel;

  // The photons of a voxel of occupancy 1, without background.
  double signal_photons(Voxel voxel, Spacing spacing) const noexcept;
};

// Per slice: what a nominal shaft (0.8 um, gain 1, in focus) needs to give peak_photons at the top
// of a session of median brightness, times the session's brightness, times what attenuation and
// bleaching leave.
SessionLight draw_light(const PhantomParameters& parameters, PhantomField field,
                        std::size_t session, const SessionPose& pose, const PsfModel& psf,
                        const std::vector<PhantomSliceMotion>& motion);

// Turns occupancy into expected photons, in place: vessel x (signal x occupancy + background x (1 +
// modulation x field)). The image has a slice for each of the light's.
void light_up(const SessionLight& light, VolumeView<float> image);

}  // namespace bramble
