#include "bench/restoration_quality_scene.hpp"

#include "pipeline/phantom/image_cells.hpp"
#include "pipeline/phantom/optics.hpp"
#include "pipeline/phantom/random.hpp"
#include "pipeline/phantom/session_pose.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace bramble {
namespace {

// The mean over a voxel: nothing but the pixel in plane, a box of one slice in depth.
PsfModel voxel_model(Spacing spacing) {
  constexpr int num_steps = 50;
  const auto depth_um = static_cast<double>(spacing.z_um);
  PsfModel::Term term{.sigma_xy_um = 0.1 * static_cast<double>(spacing.x_um),
                      .shares = std::vector<double>(num_steps + 1, 1.0)};
  return {-0.5 * depth_um, depth_um / num_steps, {std::move(term)}};
}

Volume<float> image_of(const PsfModel& psf, const SceneParams& params,
                       const std::vector<DyedCell>& cells) {
  const auto num_slices = static_cast<std::size_t>(params.extent.z);
  const StackOptics optics(psf, std::vector<PsfWidth>(num_slices),
                           StackMotion(std::vector<PhantomSliceMotion>(num_slices), params.extent,
                                       params.spacing, 0.807),
                           params.extent, params.spacing);
  Volume<float> image(MemorySpace::host, params.extent, params.spacing);
  image_cells(optics, draw_cells(optics.grid(), cells), image.view());
  return image;
}

PhantomParameters parameters_of(const SceneParams& params) {
  PhantomParameters parameters;
  parameters.seed = params.seed;
  parameters.design.extent = params.extent;
  parameters.design.spacing = params.spacing;
  parameters.dendrites.brightness_log_sd = 0;
  parameters.dendrites.axons_per_24576_um3 = 0;
  parameters.dendrites.puncta_per_24576_um3 = 0;
  return parameters;
}

}  // namespace

QualityOptics gaussian_optics(Spacing spacing) {
  PsfModel model = gaussian_psf(0.45, 1.9);
  Volume<float> psf = sampled_psf(model, spacing);
  return {.name = "Gaussian", .model = std::move(model), .psf = std::move(psf)};
}

QualityOptics born_wolf_optics(Spacing spacing) {
  PhantomOptics optics;
  optics.psf = PhantomPsfModel::born_wolf;
  PsfModel model = make_psf(optics, 0);
  Volume<float> psf = sampled_psf(model, spacing);
  return {.name = "Born-Wolf", .model = std::move(model), .psf = std::move(psf)};
}

QualityScene make_scene(const PsfModel& psf, const SceneParams& params) {
  const PhantomParameters parameters = parameters_of(params);
  const PhantomField field;
  SessionTissue tissue = view_session(parameters, field, 0, draw_pose(parameters, field, 0));
  if (params.spines == SceneSpines::none) {
    for (DyedCell& cell : tissue.cells) {
      cell.spines.clear();
    }
  }
  Volume<float> object = image_of(voxel_model(params.spacing), params, tissue.cells);
  Volume<float> image = image_of(psf, params, tissue.cells);
  return {.tissue = std::move(tissue), .object = std::move(object), .image = std::move(image)};
}

double photons_per_occupancy(const QualityScene& scene, double peak_photons) {
  return peak_photons / static_cast<double>(std::ranges::max(scene.image.voxels()));
}

Volume<float> scaled(const Volume<float>& volume, double factor, double added) {
  Volume<float> result(MemorySpace::host, volume.extent(), volume.spacing());
  std::ranges::transform(volume.voxels(), result.voxels().begin(), [&](float value) {
    return static_cast<float>(factor * static_cast<double>(value) + added);
  });
  return result;
}

Volume<float> draw_photons(const Volume<float>& expected, std::uint64_t seed) {
  Volume<float> photons(MemorySpace::host, expected.extent(), expected.spacing());
  const std::int64_t num_voxels = photons.voxels().size();
  // Not the seed itself: photons are split with numbers that must not know how they were drawn.
  const std::uint64_t key = random_key({.seed = seed, .purpose = RandomPurpose::detector});
#pragma omp parallel for schedule(static)
  for (std::int64_t i = 0; i < num_voxels; ++i) {
    Random random(key, static_cast<std::uint64_t>(i));
    photons.voxels()[i] =
        static_cast<float>(random.poisson(static_cast<double>(expected.voxels()[i])));
  }
  return photons;
}

void add_point(const PsfModel& psf, Position place, double flux_photons, VolumeView<float> image) {
  const Spacing spacing = image.spacing;
  const double voxel_um3 = static_cast<double>(spacing.z_um) * static_cast<double>(spacing.y_um) *
                           static_cast<double>(spacing.x_um);
  for (std::int64_t i = 0; i < image.extent.num_voxels(); ++i) {
    const Position offset = position_of(image.extent.voxel(i), spacing) - place;
    image.data[i] += static_cast<float>(flux_photons * voxel_um3 *
                                        psf(offset.z_um, std::hypot(offset.y_um, offset.x_um)));
  }
}

double flux_of_peak(const PsfModel& psf, Spacing spacing, double peak_photons) {
  const double voxel_um3 = static_cast<double>(spacing.z_um) * static_cast<double>(spacing.y_um) *
                           static_cast<double>(spacing.x_um);
  return peak_photons / (psf(0, 0) * voxel_um3);
}

}  // namespace bramble
