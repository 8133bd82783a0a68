#include "pipeline/stack/blurred_peak.hpp"

#include <cmath>
#include <numbers>

namespace bramble {

namespace {

constexpr int num_layers = 64;
constexpr int num_halvings = 24;

// Sum over layers in depth, by the middle rule: the Gaussian's weight of a layer times what a layer
// of that half width (of a disc or a strip) passes through the blur in plane.
template <class InPlane>
double sum_of_layers(double diameter_um, double sigma_z_um, InPlane in_plane) {
  const double radius_um = 0.5 * diameter_um;
  const double step_um = diameter_um / num_layers;
  double sum = 0;
  for (int i = 0; i < num_layers; ++i) {
    const double z_um = (i + 0.5) * step_um - radius_um;
    const double weight = std::exp(-0.5 * z_um * z_um / (sigma_z_um * sigma_z_um)) /
                          (sigma_z_um * std::sqrt(2 * std::numbers::pi));
    sum += weight * in_plane(radius_um * radius_um - z_um * z_um) * step_um;
  }
  return sum;
}

}  // namespace

double blurred_sphere_peak(double diameter_um, const Blur& blur) {
  const double twice_variance = 2 * blur.sigma_xy_um * blur.sigma_xy_um;
  return sum_of_layers(diameter_um, blur.sigma_z_um, [&](double squared_half_width) {
    return 1 - std::exp(-squared_half_width / twice_variance);
  });
}

double blurred_cylinder_peak(double diameter_um, const Blur& blur) {
  const double twice_variance = 2 * blur.sigma_xy_um * blur.sigma_xy_um;
  return sum_of_layers(diameter_um, blur.sigma_z_um, [&](double squared_half_width) {
    return std::erf(std::sqrt(squared_half_width / twice_variance));
  });
}

double sphere_of_peak(double peak, const Blur& blur, double least_um, double most_um) {
  double low_um = least_um;
  double high_um = most_um;
  for (int i = 0; i < num_halvings; ++i) {
    const double middle_um = 0.5 * (low_um + high_um);
    (blurred_sphere_peak(middle_um, blur) < peak ? low_um : high_um) = middle_um;
  }
  return 0.5 * (low_um + high_um);
}

}  // namespace bramble
