#include "pipeline/phantom/psf_model.hpp"

#include "kernels/core/error.hpp"
#include "kernels/core/gaussian.hpp"
#include "pipeline/phantom/diffraction.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace bramble {
namespace {

constexpr double reach_sigma = 4;  // beyond it a Gaussian holds 6e-5

double sigma_of(double fwhm_um) { return fwhm_um / gaussian_fwhm_per_sigma; }

// A function of distance that decreases: where it falls to `level`, found in steps of 1 nm.
template <class Profile>
double distance_to_level_um(const Profile& profile, double level) {
  constexpr double step_um = 0.001;
  double distance_um = 0;
  while (profile(distance_um) > level) {
    distance_um += step_um;
  }
  return distance_um;
}

// What the cylinder's axis gets when the focus is `focus_um` deeper than it.
double cylinder_at(const PsfModel& psf, double radius_um, double focus_um) {
  constexpr int num_steps = 400;
  const double step_um = 2 * radius_um / num_steps;
  double sum = 0;
  for (int i = 0; i < num_steps; ++i) {
    const double z_um = (i + 0.5) * step_um - radius_um;
    const double half_width_um = std::sqrt(radius_um * radius_um - z_um * z_um);
    for (std::size_t term = 0; term < psf.num_terms(); ++term) {
      sum += psf.share(term, focus_um - z_um) *
             std::erf(half_width_um / (psf.sigma_xy_um(term) * std::numbers::sqrt2));
    }
  }
  return sum * step_um;
}

}  // namespace

PsfModel::PsfModel(double first_um, double step_um, std::vector<Term> terms)
    : first_um_(first_um),
      step_um_(step_um),
      last_um_(first_um + step_um * static_cast<double>(terms.front().shares.size() - 1)),
      terms_(std::move(terms)) {
  double total = 0;
  for (const Term& term : terms_) {
    for (const double share : term.shares) {
      total += share * step_um;
    }
  }
  for (Term& term : terms_) {
    for (double& share : term.shares) {
      share /= total;
    }
  }
}

double PsfModel::share(std::size_t term, double z_um) const noexcept {
  if (z_um < first_um_ || z_um > last_um_) {
    return 0;
  }
  const std::vector<double>& shares = terms_[term].shares;
  const double place = (z_um - first_um_) / step_um_;
  const auto below = std::min(static_cast<std::size_t>(place), shares.size() - 2);
  const double part = place - static_cast<double>(below);
  return (1 - part) * shares[below] + part * shares[below + 1];
}

double PsfModel::operator()(double z_um, double r_um) const noexcept {
  double sum = 0;
  for (std::size_t term = 0; term < terms_.size(); ++term) {
    const double square = terms_[term].sigma_xy_um * terms_[term].sigma_xy_um;
    sum +=
        share(term, z_um) * std::exp(-0.5 * r_um * r_um / square) / (2 * std::numbers::pi * square);
  }
  return sum;
}

PsfModel gaussian_psf(double fwhm_xy_um, double fwhm_z_um) {
  constexpr int steps_per_sigma = 100;
  constexpr int half = static_cast<int>(reach_sigma) * steps_per_sigma;
  const double sigma_z_um = sigma_of(fwhm_z_um);
  PsfModel::Term term{.sigma_xy_um = sigma_of(fwhm_xy_um), .shares = {}};
  for (int i = -half; i <= half; ++i) {
    const double in_sigma = static_cast<double>(i) / steps_per_sigma;
    term.shares.push_back(std::exp(-0.5 * in_sigma * in_sigma));
  }
  return {-reach_sigma * sigma_z_um, sigma_z_um / steps_per_sigma, {std::move(term)}};
}

PsfModel make_psf(const PhantomOptics& optics, double field_depth_um) {
  switch (optics.psf) {
    case PhantomPsfModel::gaussian:
      return gaussian_psf(optics.psf_fwhm_xy_um, optics.psf_fwhm_z_um);
    case PhantomPsfModel::born_wolf:
      return fit_gaussians(DiffractionPsf(optics, 0));
    case PhantomPsfModel::gibson_lanni:
      return fit_gaussians(DiffractionPsf(optics, field_depth_um));
  }
  throw InvalidArgument("phantom: unknown PSF model");
}

double axial_fwhm_um(const PsfModel& psf) {
  const double half = 0.5 * psf(0, 0);
  return distance_to_level_um([&](double z_um) { return psf(z_um, 0); }, half) +
         distance_to_level_um([&](double z_um) { return psf(-z_um, 0); }, half);
}

double cylinder_peak(const PsfModel& psf, double diameter_um) {
  // An aberrated focus is not symmetric: a thick body is brightest a little beside it.
  constexpr double search_um = 1;
  constexpr int num_steps = 20;
  double peak = 0;
  for (int i = -num_steps; i <= num_steps; ++i) {
    peak = std::max(peak, cylinder_at(psf, 0.5 * diameter_um, i * search_um / num_steps));
  }
  return peak;
}

Volume<float> sampled_psf(const PsfModel& psf, Spacing spacing) {
  const double least = std::exp(-0.5 * reach_sigma * reach_sigma) * psf(0, 0);
  const double depth_um =
      std::max(distance_to_level_um([&](double z_um) { return psf(z_um, 0); }, least),
               distance_to_level_um([&](double z_um) { return psf(-z_um, 0); }, least));
  const double radius_um = distance_to_level_um([&](double r_um) { return psf(0, r_um); }, least);
  const Voxel middle{static_cast<int>(std::ceil(depth_um / spacing.z_um)),
                     static_cast<int>(std::ceil(radius_um / spacing.y_um)),
                     static_cast<int>(std::ceil(radius_um / spacing.x_um))};
  Volume<float> volume(MemorySpace::host, {2 * middle.z + 1, 2 * middle.y + 1, 2 * middle.x + 1},
                       spacing);
  std::vector<double> values;
  double total = 0;
  for (std::int64_t i = 0; i < volume.voxels().size(); ++i) {
    const Position offset =
        position_of(volume.extent().voxel(i), spacing) - position_of(middle, spacing);
    values.push_back(psf(offset.z_um, std::hypot(offset.y_um, offset.x_um)));
    total += values.back();
  }
  for (std::int64_t i = 0; i < volume.voxels().size(); ++i) {
    volume.voxels()[i] = static_cast<float>(values[static_cast<std::size_t>(i)] / total);
  }
  return volume;
}

}  // namespace bramble
