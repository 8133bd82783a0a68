#include "pipeline/phantom/light.hpp"

#include "kernels/core/error.hpp"
#include "pipeline/phantom/random.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace bramble {
namespace {

constexpr double nominal_diameter_um = 0.8;
constexpr float darkest_background = 0.1f;  // of the mean, where the random field is very negative

double session_brightness(const PhantomParameters& parameters, PhantomField field,
                          std::size_t session) {
  const PhantomLight& light = parameters.light;
  RandomPlace place = field.place(parameters, RandomPurpose::session_brightness);
  place.session = session;
  const double drawn = Random(place).lognormal(1, light.session_brightness_log_sd);
  const bool after = parameters.design.session_days[session] > parameters.design.treatment_day;
  return drawn * std::pow(1 - light.bleaching_session_frac, static_cast<double>(session)) *
         (after ? light.brightness_after_treatment : 1);
}

// What attenuation and bleaching leave of the light of a slice.
double transmitted(const PhantomParameters& parameters, int slice) {
  const PhantomLight& light = parameters.light;
  const PhantomDesign& design = parameters.design;
  // On the way in and out.
  const double attenuations =
      light.attenuation_length_um > 0
          ? 2 * slice * static_cast<double>(design.spacing.z_um) / light.attenuation_length_um
          : 0;
  const double recorded = static_cast<double>(slice) / std::max(design.extent.z - 1, 1);
  return std::exp(-attenuations) * (1 - light.bleaching_stack_frac * recorded);
}

void shade(const VesselShadow& vessel, int z, int y, VolumeView<float> image) {
  float* pixels = &image(z, y, 0);
  for (int x = 0; x < image.extent.x; ++x) {
    pixels[x] *= static_cast<float>(vessel.at(position_of({z, y, x}, image.spacing)));
  }
}

}  // namespace

double SessionLight::signal_photons(Voxel voxel, Spacing spacing) const noexcept {
  const double signal = slices[static_cast<std::size_t>(voxel.z)].photons_per_occupancy;
  return vessel ? signal * vessel->at(position_of(voxel, spacing)) : signal;
}

SessionLight draw_light(const PhantomParameters& parameters, PhantomField field,
                        std::size_t session, const SessionPose& pose, const PsfModel& psf,
                        const std::vector<PhantomSliceMotion>& motion) {
  const PhantomLight& light = parameters.light;
  const double photons_per_occupancy = light.peak_photons /
                                       cylinder_peak(psf, nominal_diameter_um) *
                                       session_brightness(parameters, field, session);
  const double background =
      light.background_photons + static_cast<double>(light.background_frac) * light.peak_photons;
  SessionLight made{.slices = {},
                    .background_modulation = light.background_modulation,
                    .background = draw_background(parameters, field, pose),
                    .vessel = draw_vessel(parameters, field, pose)};
  for (int slice = 0; slice < parameters.design.extent.z; ++slice) {
    SessionLight::Slice& lit = made.slices.emplace_back();
    if (!motion[static_cast<std::size_t>(slice)].dropped) {
      lit = {.photons_per_occupancy = photons_per_occupancy * transmitted(parameters, slice),
             .background_photons = background};
    }
  }
  return made;
}

void light_up(const SessionLight& light, VolumeView<float> image) {
  require(std::ssize(light.slices) == image.extent.z, "light and image differ in slices");
  const auto modulation = static_cast<float>(light.background_modulation);
#pragma omp parallel for schedule(dynamic)
  for (int z = 0; z < image.extent.z; ++z) {
    const SessionLight::Slice& slice = light.slices[static_cast<std::size_t>(z)];
    const auto signal = static_cast<float>(slice.photons_per_occupancy);
    const auto background = static_cast<float>(slice.background_photons);
    const BackgroundSlice field(light.background, z, image.extent, image.spacing);
    std::vector<float> values;
    for (int y = 0; y < image.extent.y; ++y) {
      field.row(y, values);
      float* pixels = &image(z, y, 0);
      for (int x = 0; x < image.extent.x; ++x) {
        const float level =
            std::max(darkest_background, 1 + modulation * values[static_cast<std::size_t>(x)]);
        pixels[x] = signal * pixels[x] + background * level;
      }
      if (light.vessel) {
        shade(*light.vessel, z, y, image);
      }
    }
  }
}

}  // namespace bramble
