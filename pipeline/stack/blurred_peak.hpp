#pragma once

namespace bramble {

// Standard deviations of the blur that an image has: PSF and smoothing together.
struct Blur {
  double sigma_xy_um = 0.2;
  double sigma_z_um = 0.8;
};

// What the middle of an evenly dyed body reads in an image blurred by a Gaussian, where much larger
// bodies read 1. Cost: 64 exponentials each.
double blurred_sphere_peak(double diameter_um, const Blur& blur);
double blurred_cylinder_peak(double diameter_um, const Blur& blur);  // a shaft in plane

// The diameter of the sphere whose middle reads `peak`; between `least_um` and `most_um`.
double sphere_of_peak(double peak, const Blur& blur, double least_um, double most_um);

}  // namespace bramble
