#include "jobs/phantom_presets.hpp"

#include "jobs/nearest_name.hpp"
#include "kernels/core/error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace bramble {
namespace {

void unchanged(PhantomParameters&) {}

// In a field of 13 um the usual shifts would leave nothing that all sessions show.
void shift_little(PhantomParameters& p) {
  p.pose.shift_xy_um = 1;
  p.pose.shift_z_um = 0.4f;
}

void tiny(PhantomParameters& p) {
  p.design.animals_per_group = 1;
  p.design.fields_per_animal = 1;
  p.design.session_days = {-1, 1};
  p.design.extent = {10, 128, 128};
  p.dendrites.mean_number = 1;
  shift_little(p);
}

void smoke(PhantomParameters& p) {
  p.design.animals_per_group = 3;
  p.design.fields_per_animal = 1;
  p.design.session_days = {-1, 1};
  p.design.extent = {16, 128, 128};
  p.dendrites.mean_number = 1;
  shift_little(p);
}

void large(PhantomParameters& p) {
  p.design.animals_per_group = 8;
  p.design.fields_per_animal = 4;
  p.design.session_days = {-3, -1, 1, 3, 5, 10, 15};
  p.design.extent = {40, 1024, 1024};
  p.design.spacing = {1.0f, 0.11f, 0.11f};
  p.dendrites.mean_number = 5;
  p.dendrites.max_number = 8;
}

void treat(PhantomParameters& p, float extra_persistent_frac, float extra_transient_frac) {
  p.turnover.extra_persistent_frac = extra_persistent_frac;
  p.turnover.extra_transient_frac = extra_transient_frac;
}

void null_treatment(PhantomParameters& p) { treat(p, 0, 0); }

void frozen(PhantomParameters& p) {
  null_treatment(p);
  p.turnover.frozen = true;
}

void strong(PhantomParameters& p) { p.turnover.extra_persistent_frac = 0.30f; }

void ph2016(PhantomParameters& p) {
  treat(p, 0.20f, 0.05f);
  p.turnover.release_time_days = 2.5f;
  p.turnover.transient_frac = 0.20f;
  p.turnover.persistent_birth_ratio = 0;
}

void drift(PhantomParameters& p) {
  constexpr float persistent_births_per_day = 0.0007f;
  p.turnover.persistent_birth_ratio = persistent_births_per_day *
                                      p.turnover.persistent_lifetime_days /
                                      (1 - p.turnover.transient_frac);
}

void retraction(PhantomParameters& p) { p.dendrites.retraction_frac = 0.15f; }

void low_light(PhantomParameters& p) { p.light.peak_photons = 12; }

void very_low_light(PhantomParameters& p) { p.light.peak_photons = 6; }

void saturated(PhantomParameters& p) {
  p.light.peak_photons = 90;
  p.detector.gain_counts_per_photon = 45;
}

void wide_psf(PhantomParameters& p) {
  p.optics.psf_fwhm_xy_um = 0.55f;
  p.optics.psf_fwhm_z_um = 2.5f;
}

void deep_psf(PhantomParameters& p) {
  p.optics.growth_xy_per_um = 0.0005f;
  p.optics.growth_z_per_um = 0.002f;
  p.optics.growth_through_stack = 1.3f;
}

void awake(PhantomParameters& p) {
  p.motion.shift_sd_xy_um = 0.6f;
  p.motion.jump_frac = 0.05f;
  p.motion.min_jump_um = 2;
  p.motion.dropped_frac = 0.02f;
}

void pose(PhantomParameters& p) {
  p.pose.rotation_deg = 8;
  p.pose.tilt_deg = 4;
  p.pose.shift_xy_um = 15;
  p.pose.warp_um = 1;
}

// Another voxel size for the same field of view.
void resample(PhantomParameters& p, Spacing spacing) {
  const Spacing before = p.design.spacing;
  const auto length = [](int voxels, float from_um, float to_um) {
    return static_cast<int>(std::lround(static_cast<double>(voxels) * from_um / to_um));
  };
  p.design.extent = {length(p.design.extent.z, before.z_um, spacing.z_um),
                     length(p.design.extent.y, before.y_um, spacing.y_um),
                     length(p.design.extent.x, before.x_um, spacing.x_um)};
  p.design.spacing = spacing;
}

void coarse_voxels(PhantomParameters& p) { resample(p, {1.5f, 0.13f, 0.13f}); }

void fine_voxels(PhantomParameters& p) { resample(p, {0.5f, 0.08f, 0.08f}); }

void dimmer_after(PhantomParameters& p) {
  null_treatment(p);
  p.light.brightness_after_treatment = 1.0f / 3;
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](unsigned char letter) {
    return static_cast<char>(std::tolower(letter));
  });
  return result;
}

}  // namespace

const std::vector<PhantomPreset>& phantom_presets() {
  static const std::vector<PhantomPreset> presets{
      {"tiny", "", "2 animals, 2 sessions, 10 x 128 x 128 voxels: seconds to analyse", tiny},
      {"smoke", "", "6 animals, 2 sessions, 16 x 128 x 128 voxels", smoke},
      {"default", "V0", "8 animals, 2 fields, 4 sessions, 24 x 320 x 320 voxels", unchanged},
      {"large", "", "16 animals, 4 fields, 7 sessions, 40 x 1024 x 1024 voxels: 38 GB", large},
      {"null", "", "the treatment does nothing", null_treatment},
      {"frozen", "", "nothing is born, lost or changed: every event that is found is false",
       frozen},
      {"strong", "", "the treatment adds 30 % persistent spines", strong},
      {"ph2016", "", "controls decline, the treatment adds 20 %: like Phoumthipphavong 2016",
       ph2016},
      {"drift", "", "few persistent births: density falls slowly in both groups", drift},
      {"retraction", "", "15 % of the dendrites lose their end after the treatment", retraction},
      {"low_light", "V1", "12 photons at a shaft's centre instead of 30", low_light},
      {"very_low_light", "V2", "6 photons", very_low_light},
      {"saturated", "V3", "90 photons and a gain that clips shafts", saturated},
      {"wide_psf", "V4", "PSF of 0.55 x 2.5 um; the archive says 0.45 x 1.9", wide_psf},
      {"deep_psf", "V6", "a PSF that widens by 1.3 from top to bottom", deep_psf},
      {"awake", "V11", "slices shift by 0.6 um, jump by over 2 um, drop out", awake},
      {"pose", "V12", "sessions turned by 8, tilted by 4 degrees, shifted by 15 um", pose},
      {"coarse_voxels", "V13a", "1.5 x 0.13 x 0.13 um", coarse_voxels},
      {"fine_voxels", "V13b", "0.5 x 0.08 x 0.08 um", fine_voxels},
      {"dimmer_after", "V14", "a third of the light after the treatment, which does nothing",
       dimmer_after},
  };
  return presets;
}

void apply_phantom_presets(const std::vector<std::string>& names, PhantomParameters& parameters) {
  const std::vector<PhantomPreset>& presets = phantom_presets();
  for (const std::string& name : names) {
    const std::string wanted = lower(name);
    const auto found = std::ranges::find_if(presets, [&](const PhantomPreset& preset) {
      return wanted == preset.name || wanted == lower(preset.variant);
    });
    if (found == presets.end() || wanted.empty()) {
      std::vector<std::string> known;
      for (const PhantomPreset& preset : presets) {
        known.emplace_back(preset.name);
      }
      const std::string nearest = nearest_name(wanted, known);
      throw InvalidArgument(fmt::format("--preset {}: unknown; {}", name,
                                        nearest.empty()
                                            ? fmt::format("known: {}", fmt::join(known, ", "))
                                            : fmt::format("did you mean {}?", nearest)));
    }
    found->apply(parameters);
  }
}

}  // namespace bramble
