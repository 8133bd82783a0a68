#pragma once

#include "kernels/core/volume.hpp"
#include "kernels/restore/deconvolution.hpp"
#include "kernels/restore/photon_data.hpp"

namespace bramble {

inline constexpr Spacing case_spacing{1.0f, 0.15f, 0.15f};

// A Gaussian of these standard deviations in voxels, its centre `lean` voxels further along x for
// every plane: not separable unless lean is 0. Sum 1.
Volume<float> leaning_psf(Extent extent, double sigma_z, double sigma_xy, double lean);

// A PSF without any symmetry that is a product of three factors.
Volume<float> lopsided_psf();

// The sum over the PSF as written, voxel by voxel; `object` is 0 outside.
Volume<float> convolved(const Volume<float>& object, const Volume<float>& psf);

Volume<float> constant(Extent extent, float value);
double total(const Volume<float>& volume);
// Of the difference, over that of `expected`.
double relative_distance(const Volume<float>& found, const Volume<float>& expected);

// Three beads, blurred, on nothing: 3200 photons.
Volume<float> blurred_beads(const Volume<float>& psf);

// Photon counts of a volume of expected ones; the same for the same seed.
Volume<float> poisson(const Volume<float>& expected, unsigned seed);

// Bright threads and blobs, 1 at most.
Volume<float> threads(Extent extent);

// Restored with counts that are photons.
struct Restored {
  Volume<float> photons;
  DeconvolutionReport report;
};
Restored restore_photons(Deconvolver& deconvolver, const Volume<float>& photons,
                         const DeconvolutionParams& params, const PhotonScale& scale = {},
                         const BackgroundField& background = {}, const HeldOut* held_out = nullptr);

// Photons as an engine reads them, for one that covers the whole volume.
PhotonData photon_data(const Volume<float>& photons, const BackgroundField& background = {});

// The part of an engine's estimate that lies in the image.
template <class Engine>
Volume<float> estimate_of(const Engine& engine, Extent image) {
  Volume<float> result = constant(image, 0);
  const Voxel from = engine.part_origin();
  for (std::int64_t i = 0; i < image.num_voxels(); ++i) {
    const Voxel v = image.voxel(i);
    result.voxels()[i] = engine.estimate()(from.z + v.z, from.y + v.y, from.x + v.x);
  }
  return result;
}

}  // namespace bramble
