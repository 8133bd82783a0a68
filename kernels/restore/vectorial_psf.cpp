#include "kernels/restore/vectorial_psf.hpp"

#include "kernels/restore/gaussian_psf.hpp"
#include "kernels/restore/psf_grid.hpp"

#include <boost/math/quadrature/gauss.hpp>

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

namespace bramble {

namespace {

constexpr double radial_step_um = 0.005;

// The focal intensity of one lens at the radii of the table.
class FocalIntensity {
 public:
  FocalIntensity(const VectorialPsfParams& params, double last_radius_um)
      : waves_per_um_(2 * std::numbers::pi * params.excitation.refractive_index * 1000.0 /
                      params.excitation.wavelength_nm) {
    make_pupil(params);
    const int num_radii = static_cast<int>(std::ceil(last_radius_um / radial_step_um)) + 2;
    for (int i = 0; i < num_radii; ++i) {
      radii_.push_back(weights_at(i * radial_step_um));
    }
  }

  // The square of the intensity at every radius, at a distance from the focal plane.
  std::vector<double> squared_at(double z_um) const {
    std::vector<std::complex<double>> defocus;
    for (const Direction& direction : pupil_) {
      defocus.push_back(std::polar(1.0, waves_per_um_ * z_um * direction.cosine));
    }
    std::vector<double> values;
    for (const std::vector<Weights>& weights : radii_) {
      std::complex<double> i0 = 0;
      std::complex<double> i1 = 0;
      std::complex<double> i2 = 0;
      for (std::size_t t = 0; t < defocus.size(); ++t) {
        i0 += weights[t].i0 * defocus[t];
        i1 += weights[t].i1 * defocus[t];
        i2 += weights[t].i2 * defocus[t];
      }
      const double intensity = std::norm(i0) + 2 * std::norm(i1) + std::norm(i2);
      values.push_back(intensity * intensity);
    }
    return values;
  }

 private:
  // A ray of the cone, and what its part of the integrals weighs.
  struct Direction {
    double cosine;
    double sine;
    double weight;
  };
  // Of one ray at one radius, in the three integrals.
  struct Weights {
    double i0;
    double i1;
    double i2;
  };

  void make_pupil(const VectorialPsfParams& params) {
    // Enough for 100 radians between the rays of the axis and of the rim.
    using Nodes = boost::math::quadrature::gauss<double, 128>;
    const double rim_sine = static_cast<double>(params.excitation.numerical_aperture) /
                            params.excitation.refractive_index;
    const double half_angle = std::asin(rim_sine) / 2;
    const auto add = [&](double node, double weight) {
      const double angle = half_angle * (1 + node);
      const double rho = std::sin(angle) / rim_sine;
      const double amplitude = std::exp(-(rho / params.pupil_fill) * (rho / params.pupil_fill));
      pupil_.push_back({.cosine = std::cos(angle),
                        .sine = std::sin(angle),
                        .weight = half_angle * weight * amplitude * std::sqrt(std::cos(angle)) *
                                  std::sin(angle)});
    };
    for (std::size_t i = 0; i < Nodes::abscissa().size(); ++i) {
      add(-Nodes::abscissa()[i], Nodes::weights()[i]);
      add(Nodes::abscissa()[i], Nodes::weights()[i]);
    }
  }

  std::vector<Weights> weights_at(double radius_um) const {
    std::vector<Weights> weights;
    for (const Direction& direction : pupil_) {
      const double phase = waves_per_um_ * radius_um * direction.sine;
      const double j0 = std::cyl_bessel_j(0.0, phase);
      const double j1 = std::cyl_bessel_j(1.0, phase);
      constexpr double small = 1e-3;  // below it the recurrence loses digits
      const double j2 = phase < small ? phase * phase / 8 : 2 * j1 / phase - j0;
      weights.push_back({.i0 = direction.weight * (1 + direction.cosine) * j0,
                         .i1 = direction.weight * direction.sine * j1,
                         .i2 = direction.weight * (1 - direction.cosine) * j2});
    }
    return weights;
  }

  double waves_per_um_;
  std::vector<Direction> pupil_;
  std::vector<std::vector<Weights>> radii_;
};

// How many voxels on each side of the middle.
Voxel half_extent(Spacing spacing, const VectorialPsfParams& params) {
  const GaussianPsfParams focus = zipfel_widths(params.excitation);
  const double depth_um = std::max(params.half_depth_um, 2 * focus.fwhm_z_um);
  const double width_um = std::max(params.half_width_um, 4 * focus.fwhm_xy_um);
  return {samples_within(depth_um, spacing.z_um), samples_within(width_um, spacing.y_um),
          samples_within(width_um, spacing.x_um)};
}

}  // namespace

Volume<float> vectorial_psf(Spacing spacing, const VectorialPsfParams& params) {
  check_spacing(spacing);
  check_excitation(params.excitation);
  require(params.pupil_fill > 0, "the pupil fill must be positive; infinite is a uniform pupil");
  const Voxel half = half_extent(spacing, params);
  Volume<float> psf(MemorySpace::host, {2 * half.z + 1, 2 * half.y + 1, 2 * half.x + 1}, spacing);
  const auto radius_um = [&](int y, int x) {
    return std::hypot(y * static_cast<double>(spacing.y_um), x * static_cast<double>(spacing.x_um));
  };
  const FocalIntensity focal(params, radius_um(half.y, half.x));
  const double peak = focal.squared_at(0).front();
  for (int z = 0; z <= half.z; ++z) {
    const std::vector<double> profile = focal.squared_at(z * static_cast<double>(spacing.z_um));
    for (int y = -half.y; y <= half.y; ++y) {
      for (int x = -half.x; x <= half.x; ++x) {
        const double place = radius_um(y, x) / radial_step_um;
        const auto below = static_cast<std::size_t>(place);
        const double part = place - static_cast<double>(below);
        const double value = (1 - part) * profile[below] + part * profile[below + 1];
        const auto rounded = static_cast<float>(value / peak);
        psf.view()(half.z - z, half.y + y, half.x + x) = rounded;
        psf.view()(half.z + z, half.y + y, half.x + x) = rounded;
      }
    }
  }
  make_sum_one(psf.view());
  return psf;
}

}  // namespace bramble
