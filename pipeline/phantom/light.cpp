#include "pipeline/phantom/light.hpp"

#include "pipeline/phantom/optics.hpp"
#include "pipeline/phantom/random.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

namespace bramble {
namespace {

constexpr double nominal_diameter_um = 0.8;
constexpr int num_waves = 16;
constexpr double correlation_um = 15;
constexpr double background_modulation = 0.3;
constexpr double darkest_background = 0.1;  // of the mean, where the random field is very negative

// exp(i k x) at every pixel of a row, for each wave.
std::vector<std::complex<float>> phases_along_x(const std::vector<BackgroundWave>& waves, int size,
                                                double step_um) {
  std::vector<std::complex<float>> phases;
  for (const BackgroundWave& wave : waves) {
    for (int x = 0; x < size; ++x) {
      const double angle = wave.radians_per_um.x_um * x * step_um;
      phases.emplace_back(static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle)));
    }
  }
  return phases;
}

}  // namespace

std::vector<BackgroundWave> draw_background(const PhantomParameters& parameters, PhantomField field,
                                            const SessionPose& pose) {
  Random random(RandomPlace{.seed = parameters.seed,
                            .purpose = RandomPurpose::background,
                            .animal = field.animal,
                            .field = field.field});
  std::vector<BackgroundWave> waves;
  for (int i = 0; i < num_waves; ++i) {
    const auto [y, x] = random.normal_pair();
    const Position tissue_wave = Position{random.normal(), y, x} * (1 / correlation_um);
    const double tissue_phase = random.uniform_within(0, 2 * std::numbers::pi);
    const Position wave = pose.turn(tissue_wave);
    // The phase at the stack's origin, so that the wave moves with the tissue.
    const double phase =
        tissue_phase + dot(tissue_wave, pose.centre) - dot(wave, pose.centre + pose.shift);
    waves.push_back({wave, phase});
  }
  return waves;
}

SessionLight draw_light(const PhantomParameters& parameters, PhantomField field,
                        std::size_t session, const SessionPose& pose) {
  Random random(RandomPlace{.seed = parameters.seed,
                            .purpose = RandomPurpose::session_brightness,
                            .animal = field.animal,
                            .field = field.field,
                            .session = session});
  const PhantomPsf psf{parameters.psf_fwhm_xy_um, parameters.psf_fwhm_z_um};
  const double brightness = random.lognormal(1, 0.20);
  return {.photons_per_occupancy =
              brightness * parameters.peak_photons / cylinder_peak(psf, nominal_diameter_um),
          .background_photons = 1 + 0.05 * parameters.peak_photons,
          .attenuation_length_um = parameters.attenuation_length_um,
          .background_waves = draw_background(parameters, field, pose)};
}

void light_up(const SessionLight& light, VolumeView<float> image) {
  const Spacing spacing = image.spacing;
  const std::vector<std::complex<float>> phases =
      phases_along_x(light.background_waves, image.extent.x, spacing.x_um);
  const auto background = static_cast<float>(light.background_photons);
  // The mean square of a cosine is one half.
  const auto amplitude = static_cast<float>(background_modulation * std::sqrt(2.0 / num_waves));
  const double per_um = light.attenuation_length_um > 0 ? 2 / light.attenuation_length_um : 0;
#pragma omp parallel for collapse(2) schedule(static)
  for (int z = 0; z < image.extent.z; ++z) {
    for (int y = 0; y < image.extent.y; ++y) {
      const Position row_start = position_of({z, y, 0}, spacing);
      const auto signal =
          static_cast<float>(light.photons_per_occupancy * std::exp(-per_um * row_start.z_um));
      std::complex<float> at_start[num_waves];
      for (std::size_t i = 0; i < light.background_waves.size(); ++i) {
        const BackgroundWave& wave = light.background_waves[i];
        const double angle = dot(wave.radians_per_um, row_start) + wave.phase_rad;
        at_start[i] = {static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle))};
      }
      for (int x = 0; x < image.extent.x; ++x) {
        float field = 0;
        for (std::size_t i = 0; i < light.background_waves.size(); ++i) {
          const std::complex<float> step =
              phases[i * static_cast<std::size_t>(image.extent.x) + static_cast<std::size_t>(x)];
          field += at_start[i].real() * step.real() - at_start[i].imag() * step.imag();
        }
        const float level = std::max(static_cast<float>(darkest_background), 1 + amplitude * field);
        image(z, y, x) = signal * image(z, y, x) + background * level;
      }
    }
  }
}

}  // namespace bramble
