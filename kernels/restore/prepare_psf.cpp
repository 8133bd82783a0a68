#include "kernels/restore/prepare_psf.hpp"

#include "kernels/core/error.hpp"
#include "kernels/restore/average_dim_voxels.hpp"
#include "kernels/restore/crop_psf.hpp"
#include "kernels/restore/psf_border.hpp"
#include "kernels/restore/psf_centre.hpp"
#include "kernels/restore/psf_grid.hpp"
#include "kernels/restore/resample_psf.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace bramble {

namespace {

std::string text_of(Extent extent) {
  return std::to_string(extent.z) + " x " + std::to_string(extent.y) + " x " +
         std::to_string(extent.x);
}

void check_spaced(VolumeView<const float> psf) {
  const Spacing spacing = psf.spacing;
  for (const float axis_um : {spacing.z_um, spacing.y_um, spacing.x_um}) {
    if (!(axis_um > 0 && std::isfinite(axis_um))) {
      throw DataError("the PSF has no voxel size (" + std::to_string(spacing.z_um) + ", " +
                      std::to_string(spacing.y_um) + ", " + std::to_string(spacing.x_um) +
                      " um), expected positive numbers; write its attribute element_size_um "
                      "(z, y, x)");
    }
  }
  if (psf.extent.num_voxels() == 0) {
    throw DataError("the PSF holds no voxels (" + text_of(psf.extent) +
                    "), expected a volume with one bright spot");
  }
}

void check_finite(VolumeView<const float> psf) {
  for (std::int64_t i = 0; i < psf.extent.num_voxels(); ++i) {
    if (!std::isfinite(psf.data[i])) {
      const Voxel v = psf.extent.voxel(i);
      throw DataError("the PSF is not finite at voxel (" + std::to_string(v.z) + ", " +
                      std::to_string(v.y) + ", " + std::to_string(v.x) +
                      "); write it again without it");
    }
  }
}

void check_bright_inside(VolumeView<const float> psf, const PsfBorder& border) {
  const auto [darkest, brightest] =
      std::minmax_element(psf.data, psf.data + psf.extent.num_voxels());
  if (*darkest == *brightest && psf.extent.num_voxels() > 1) {
    throw DataError("all values of the PSF are " + std::to_string(*brightest) +
                    ", expected one bright spot");
  }
  if (border.brightest >= *brightest) {
    throw DataError("the PSF is brighter at the border (" + std::to_string(*brightest) +
                    ") than inside, expected one bright spot with dark voxels around it; cut it "
                    "out anew");
  }
}

// Each voxel becomes the mean of the eight that mirror it.
Volume<float> mean_of_mirror_images(const Volume<float>& psf) {
  const Extent extent = psf.extent();
  Volume<float> mean(MemorySpace::host, extent, psf.spacing());
  for (std::int64_t i = 0; i < extent.num_voxels(); ++i) {
    const Voxel v = extent.voxel(i);
    const Voxel opposite{extent.z - 1 - v.z, extent.y - 1 - v.y, extent.x - 1 - v.x};
    double sum = 0;
    for (const int z : {v.z, opposite.z}) {
      for (const int y : {v.y, opposite.y}) {
        for (const int x : {v.x, opposite.x}) {
          sum += static_cast<double>(psf.view()(z, y, x));
        }
      }
    }
    mean.voxels()[i] = static_cast<float>(sum / 8);
  }
  return mean;
}

}  // namespace

PreparedPsf prepare_psf(VolumeView<const float> measured, const PreparePsfParams& params) {
  check_spacing(params.spacing);
  check_spaced(measured);
  check_finite(measured);
  PsfBorder border = psf_border(measured);
  check_bright_inside(measured, border);
  if (params.background == PsfBackground::keep) {
    border = {};
  }
  Volume<float> above(MemorySpace::host, measured.extent, measured.spacing);
  std::transform(measured.data, measured.data + measured.extent.num_voxels(),
                 above.voxels().begin(), [&](float value) { return value - border.level; });

  const Position centre = psf_centre(above.view());
  Volume<float> psf = resample_psf(above.view(), centre, params.spacing);
  double noise_sigma = border.scatter;
  if (params.symmetry == PsfSymmetry::mirrored) {
    psf = mean_of_mirror_images(psf);
    noise_sigma /= std::sqrt(8.0);
  }
  if (noise_sigma > 0) {
    psf = average_dim_voxels(psf, noise_sigma);
  }
  clip_negative(psf.view());
  CroppedPsf cropped = crop_psf(psf, {.image = params.image, .energy_frac = params.energy_frac});
  const Extent extent = measured.extent;
  const Position middle = Position{(extent.z - 1) / 2.0 * measured.spacing.z_um,
                                   (extent.y - 1) / 2.0 * measured.spacing.y_um,
                                   (extent.x - 1) / 2.0 * measured.spacing.x_um};
  return {.psf = std::move(cropped.psf),
          .background = border.level,
          .moved = middle - centre,
          .energy_frac = cropped.energy_frac};
}

}  // namespace bramble
