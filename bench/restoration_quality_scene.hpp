#pragma once

#include "kernels/core/volume.hpp"
#include "pipeline/phantom/psf_model.hpp"
#include "pipeline/phantom/session_view.hpp"

#include <cstdint>
#include <string>

// What is restored, with everything known about it.
namespace bramble {

// How it was blurred, and the same as restoration takes it.
struct QualityOptics {
  std::string name;
  PsfModel model;
  Volume<float> psf;
};

// 0.45 x 1.9 um wide, a product of three factors.
QualityOptics gaussian_optics(Spacing spacing);
// Computed for a numerical aperture of 0.8: wider away from focus, so no product.
QualityOptics born_wolf_optics(Spacing spacing);

// Dendrites of the phantom, in units of occupancy.
struct QualityScene {
  SessionTissue tissue;
  Volume<float> object;  // the part of each voxel that is filled
  Volume<float> image;   // blurred, not by the voxel grid's PSF but by the model
};

enum class SceneSpines { grown, none };

struct SceneParams {
  Extent extent{24, 160, 160};
  Spacing spacing{0.5f, 0.12f, 0.12f};
  std::uint64_t seed = 1;
  SceneSpines spines = SceneSpines::grown;
};

QualityScene make_scene(const PsfModel& psf, const SceneParams& params);

// What occupancy is multiplied with to give this many photons at the brightest voxel.
double photons_per_occupancy(const QualityScene& scene, double peak_photons);

Volume<float> scaled(const Volume<float>& volume, double factor, double added = 0);

// Photon counts of expected ones.
Volume<float> draw_photons(const Volume<float>& expected, std::uint64_t seed);

// Adds the image of a point that sends `flux_photons`.
void add_point(const PsfModel& psf, Position place, double flux_photons, VolumeView<float> image);

// The flux of a point whose brightest voxel has so many photons.
double flux_of_peak(const PsfModel& psf, Spacing spacing, double peak_photons);

}  // namespace bramble
