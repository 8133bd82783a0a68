#include "kernels/restore/psf_shape.hpp"

#include "kernels/core/gaussian.hpp"
#include "kernels/restore/full_width.hpp"
#include "kernels/restore/psf_centre.hpp"
#include "kernels/restore/psf_grid.hpp"
#include "kernels/restore/separable_profiles.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace bramble {

namespace {

struct Sigmas {
  double xy_um;
  double z_um;
};

std::vector<double> gaussian_along(int size, double spacing_um, double sigma_um) {
  std::vector<double> values;
  for (int i = 0; i < size; ++i) {
    const double in_sigma = (i - size / 2) * spacing_um / sigma_um;
    values.push_back(std::exp(-0.5 * in_sigma * in_sigma));
  }
  return values;
}

double square_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) {
    sum += value * value;
  }
  return sum;
}

// The squares that the best multiple of a Gaussian takes away from those of the PSF.
double explained(VolumeView<const float> psf, Sigmas sigmas) {
  const std::vector<double> z = gaussian_along(psf.extent.z, psf.spacing.z_um, sigmas.z_um);
  const std::vector<double> y = gaussian_along(psf.extent.y, psf.spacing.y_um, sigmas.xy_um);
  const std::vector<double> x = gaussian_along(psf.extent.x, psf.spacing.x_um, sigmas.xy_um);
  double product = 0;
  const float* row = psf.data;
  for (const double at_z : z) {
    for (const double at_y : y) {
      double along_x = 0;
      for (std::size_t i = 0; i < x.size(); ++i) {
        along_x += x[i] * static_cast<double>(row[i]);
      }
      product += at_z * at_y * along_x;
      row += x.size();
    }
  }
  return product * product / (square_of(z) * square_of(y) * square_of(x));
}

// A compass search: steps along either width, halved when none helps.
Sigmas fit_gaussian(VolumeView<const float> psf, Sigmas start) {
  constexpr double first_step = 0.1;
  constexpr double last_step = 5e-4;
  Sigmas best = start;
  double best_explained = explained(psf, best);
  for (double step = first_step; step > last_step;) {
    const std::array<Sigmas, 4> tries{{{best.xy_um * (1 + step), best.z_um},
                                       {best.xy_um * (1 - step), best.z_um},
                                       {best.xy_um, best.z_um * (1 + step)},
                                       {best.xy_um, best.z_um * (1 - step)}}};
    const Sigmas before = best;
    for (const Sigmas& candidate : tries) {
      const double value = explained(psf, candidate);
      if (value > best_explained) {
        best_explained = value;
        best = candidate;
      }
    }
    if (best.xy_um == before.xy_um && best.z_um == before.z_um) {
      step /= 2;
    }
  }
  return best;
}

double energy_outside(VolumeView<const float> psf, Sigmas sigmas) {
  constexpr double num_sigmas = 4;
  const Position middle = position_of(middle_of(psf.extent), psf.spacing);
  double outside = 0;
  for (std::int64_t i = 0; i < psf.extent.num_voxels(); ++i) {
    const Position from = position_of(psf.extent.voxel(i), psf.spacing) - middle;
    const bool is_inside = std::abs(from.z_um) < num_sigmas * sigmas.z_um &&
                           std::hypot(from.y_um, from.x_um) < num_sigmas * sigmas.xy_um;
    outside += is_inside ? 0 : static_cast<double>(psf.data[i]);
  }
  return outside / sum_of(psf);
}

std::vector<double> line(VolumeView<const float> psf, Voxel first, Voxel step, int size) {
  std::vector<double> values;
  for (int i = 0; i < size; ++i) {
    values.push_back(
        static_cast<double>(psf(first.z + i * step.z, first.y + i * step.y, first.x + i * step.x)));
  }
  return values;
}

}  // namespace

PsfShape psf_shape(VolumeView<const float> psf) {
  PsfShape shape;
  shape.separable_residual_frac = separable_profiles(psf).residual_frac;
  const auto* const top = std::max_element(psf.data, psf.data + psf.extent.num_voxels());
  const Voxel peak = psf.extent.voxel(top - psf.data);
  const Extent extent = psf.extent;
  const Spacing spacing = psf.spacing;
  shape.fwhm_z_um =
      full_width_um(line(psf, {0, peak.y, peak.x}, {1, 0, 0}, extent.z), spacing.z_um);
  shape.fwhm_y_um =
      full_width_um(line(psf, {peak.z, 0, peak.x}, {0, 1, 0}, extent.y), spacing.y_um);
  shape.fwhm_x_um =
      full_width_um(line(psf, {peak.z, peak.y, 0}, {0, 0, 1}, extent.x), spacing.x_um);
  shape.fwhm_xy_um = (shape.fwhm_y_um + shape.fwhm_x_um) / 2;
  shape.off_centre = psf_centre(psf) - position_of(middle_of(extent), spacing);

  const auto start = [](double fwhm_um, int size, double spacing_um) {
    return std::isfinite(fwhm_um) ? fwhm_um / gaussian_fwhm_per_sigma
                                  : size * spacing_um / gaussian_fwhm_per_sigma;
  };
  const Sigmas sigmas = fit_gaussian(psf, {start(shape.fwhm_xy_um, extent.x, spacing.x_um),
                                           start(shape.fwhm_z_um, extent.z, spacing.z_um)});
  shape.nearest_gaussian = {
      .fwhm_xy_um = static_cast<float>(sigmas.xy_um * gaussian_fwhm_per_sigma),
      .fwhm_z_um = static_cast<float>(sigmas.z_um * gaussian_fwhm_per_sigma)};
  shape.energy_outside_frac = energy_outside(psf, sigmas);
  return shape;
}

}  // namespace bramble
