#pragma once

#include "kernels/core/volume.hpp"
#include "pipeline/records/phantom_parameters.hpp"

#include <cstddef>
#include <vector>

namespace bramble {

// A point-spread function as a sum of Gaussians in plane whose shares change along the axis,
//   h(z, r) = sum over terms of share(z) exp(-r^2 / (2 sigma^2)) / (2 pi sigma^2),
// with a volume integral of 1: the image of a point when the focus lies z deeper than it.
class PsfModel {
 public:
  struct Term {
    double sigma_xy_um = 0;
    std::vector<double> shares;  // at first_um + i * step_um; linear between, 0 beyond the ends
  };

  // Scales the shares to a volume integral of 1.
  PsfModel(double first_um, double step_um, std::vector<Term> terms);

  std::size_t num_terms() const noexcept { return terms_.size(); }
  double sigma_xy_um(std::size_t term) const noexcept { return terms_[term].sigma_xy_um; }
  double share(std::size_t term, double z_um) const noexcept;
  // Where the shares end.
  double first_um() const noexcept { return first_um_; }
  double last_um() const noexcept { return last_um_; }
  double operator()(double z_um, double r_um) const noexcept;

 private:
  double first_um_;
  double step_um_;
  double last_um_;
  std::vector<Term> terms_;
};

PsfModel gaussian_psf(double fwhm_xy_um, double fwhm_z_um);

// The model that the optics ask for. `field_depth_um` counts for Gibson-Lanni alone, which focuses
// through that much tissue. The computed ones take about 10 ms.
PsfModel make_psf(const PhantomOptics& optics, double field_depth_um);

// Full width at half maximum on the axis.
double axial_fwhm_um(const PsfModel& psf);

// The brightest point of a straight cylinder of gain 1 parallel to the slices, in units of
// occupancy: what turns photons into occupancy.
double cylinder_peak(const PsfModel& psf, double diameter_um);

// The model at voxel centres, of odd size with the best focus in the middle, up to where it falls
// below exp(-8) of its peak (4 standard deviations of a Gaussian). Voxels sum to 1.
Volume<float> sampled_psf(const PsfModel& psf, Spacing spacing);

}  // namespace bramble
