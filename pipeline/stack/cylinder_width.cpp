#include "pipeline/stack/cylinder_width.hpp"

#include "kernels/core/error.hpp"
#include "kernels/core/gaussian.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace bramble {

namespace {

constexpr double diameter_step_um = 0.02;
constexpr std::size_t num_diameters = 251;

struct BlurSigmas {
  double xy_um;
  double z_um;
};

// The profile at `across_um`, up to a factor that is the same for all of them. The substitution
// v = d / 2 sin(t) takes the steep flanks of the chord out of the integral.
double profile(double diameter_um, const BlurSigmas& blur, double across_um) {
  constexpr int num_steps = 64;
  double sum = 0;
  for (int step = 0; step < num_steps; ++step) {
    const double t = std::numbers::pi * ((step + 0.5) / num_steps - 0.5);
    const double half_chord_um = diameter_um / 2 * std::cos(t);
    const double distance_sigmas = (across_um - diameter_um / 2 * std::sin(t)) / blur.xy_um;
    sum += std::exp(-0.5 * distance_sigmas * distance_sigmas) *
           std::erf(half_chord_um / (std::numbers::sqrt2 * blur.z_um)) * half_chord_um;
  }
  return sum;
}

double width_of(double diameter_um, const BlurSigmas& blur) {
  const double half = profile(diameter_um, blur, 0) / 2;
  double low_um = 0;
  double high_um = diameter_um / 2 + 2 * blur.xy_um;
  constexpr int num_halvings = 40;
  for (int i = 0; i < num_halvings; ++i) {
    const double middle_um = (low_um + high_um) / 2;
    (profile(diameter_um, blur, middle_um) > half ? low_um : high_um) = middle_um;
  }
  return low_um + high_um;
}

}  // namespace

CylinderWidth::CylinderWidth(BlurWidths blur) {
  require(blur.xy_um > 0 && blur.z_um > 0, "the blur of a cylinder must have positive widths");
  const BlurSigmas sigmas{blur.xy_um / gaussian_fwhm_per_sigma,
                          blur.z_um / gaussian_fwhm_per_sigma};
  width_um_.push_back(blur.xy_um);
  for (std::size_t i = 1; i < num_diameters; ++i) {
    width_um_.push_back(width_of(diameter_step_um * static_cast<double>(i), sigmas));
  }
}

double CylinderWidth::width_um(double diameter_um) const {
  const double at = std::max(0.0, diameter_um / diameter_step_um);
  const auto below = std::min(static_cast<std::size_t>(at), num_diameters - 2);
  const double part = at - static_cast<double>(below);
  return width_um_[below] + part * (width_um_[below + 1] - width_um_[below]);
}

double CylinderWidth::diameter_um(double width_um) const {
  if (!(width_um > width_um_.front())) {
    return 0;
  }
  const auto next = std::upper_bound(width_um_.begin() + 1, width_um_.end() - 1, width_um);
  const double part = (width_um - *(next - 1)) / (*next - *(next - 1));
  return diameter_step_um * (static_cast<double>(next - 1 - width_um_.begin()) + part);
}

}  // namespace bramble
