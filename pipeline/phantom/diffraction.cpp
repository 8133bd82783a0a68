#include "pipeline/phantom/diffraction.hpp"

#include "kernels/core/error.hpp"
#include "kernels/core/gaussian.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

namespace bramble {
namespace {

constexpr int num_pupil_nodes = 160;
constexpr int num_widths = 6;
using Shares = Eigen::Matrix<double, num_widths, 1>;
using Normal = Eigen::Matrix<double, num_widths, num_widths>;

// min x' A x - 2 b' x with x >= 0. Six unknowns have 63 sets of those above 0: the optimum is the
// best of the unconstrained optima of these sets that is feasible.
Shares non_negative_least_squares(const Normal& a, const Shares& b) {
  Shares best = Shares::Zero();
  double best_gain = 0;
  for (int set = 1; set < 1 << num_widths; ++set) {
    // The unknowns outside the set get an equation of their own that makes them 0.
    Normal part = Normal::Identity();
    Shares wanted = Shares::Zero();
    for (int i = 0; i < num_widths; ++i) {
      for (int j = 0; j < num_widths && (set >> i & 1); ++j) {
        wanted(i) = b(i);
        part(i, j) = (set >> j & 1) ? a(i, j) : 0;
      }
    }
    const Shares solution = part.ldlt().solve(wanted);
    const double gain = wanted.dot(solution);
    if (solution.minCoeff() >= 0 && gain > best_gain) {
      best_gain = gain;
      best = solution;
    }
  }
  return best;
}

// Columns: the Gaussians of unit integral at each radius.
Eigen::MatrixXd gaussians_at(const std::vector<double>& r_um, const std::vector<double>& sigma_um) {
  Eigen::MatrixXd values(r_um.size(), sigma_um.size());
  for (std::size_t j = 0; j < sigma_um.size(); ++j) {
    const double square = sigma_um[j] * sigma_um[j];
    for (std::size_t i = 0; i < r_um.size(); ++i) {
      values(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) =
          std::exp(-0.5 * r_um[i] * r_um[i] / square) / (2 * std::numbers::pi * square);
    }
  }
  return values;
}

}  // namespace

DiffractionPsf::DiffractionPsf(const PhantomOptics& optics, double depth_um)
    : radians_per_um_(2 * std::numbers::pi / (0.001 * optics.excitation_nm)),
      numerical_aperture_(optics.numerical_aperture) {
  const bool through_tissue = optics.psf == PhantomPsfModel::gibson_lanni;
  const double immersion = optics.immersion_refractive_index;
  index_ = through_tissue ? optics.tissue_refractive_index : immersion;
  if (!(numerical_aperture_ > 0 && numerical_aperture_ < std::min(index_, immersion))) {
    throw InvalidArgument("phantom: numerical_aperture = " + std::to_string(numerical_aperture_) +
                          " is not between 0 and the refractive indices");
  }
  for (int i = 0; i < num_pupil_nodes; ++i) {
    // Equal areas of the pupil.
    const double rho = std::sqrt((i + 0.5) / num_pupil_nodes);
    const double sine_square = numerical_aperture_ * rho * numerical_aperture_ * rho;
    rho_.push_back(rho);
    aberration_rad_.push_back(radians_per_um_ * depth_um *
                              (std::sqrt(index_ * index_ - sine_square) -
                               std::sqrt(immersion * immersion - sine_square)));
  }
  find_focus(0.1 + depth_um * 2 * std::abs(index_ - immersion) / immersion);
  measure_widths();
}

double DiffractionPsf::on_axis(double z_um) const {
  return profile(z_um, {std::vector<double>(num_pupil_nodes, 1.0)}).front();
}

void DiffractionPsf::find_focus(double range_um) {
  constexpr double step_um = 0.02;
  const int num_steps = static_cast<int>(std::ceil(range_um / step_um));
  double best_um = 0;
  double peak = 0;
  for (int i = -num_steps; i <= num_steps; ++i) {
    const double value = on_axis(i * step_um);
    if (value > peak) {
      peak = value;
      best_um = i * step_um;
    }
  }
  focus_um_ = best_um;
}

void DiffractionPsf::measure_widths() {
  constexpr double step_um = 0.004;
  const double half = 0.5 * on_axis(0);
  for (double z_um = 0; on_axis(z_um) > half; z_um += step_um) {
    fwhm_z_um_ += step_um;
  }
  for (double z_um = 0; on_axis(-z_um) > half; z_um += step_um) {
    fwhm_z_um_ += step_um;
  }
  for (double r_um = 0; profile(0, bessel_table({r_um})).front() > half; r_um += step_um) {
    fwhm_xy_um_ += 2 * step_um;
  }
}

std::vector<std::vector<double>> DiffractionPsf::bessel_table(
    const std::vector<double>& r_um) const {
  std::vector<std::vector<double>> table;
  for (const double r : r_um) {
    std::vector<double>& row = table.emplace_back();
    for (const double rho : rho_) {
      row.push_back(std::cyl_bessel_j(0.0, radians_per_um_ * numerical_aperture_ * r * rho));
    }
  }
  return table;
}

std::vector<double> DiffractionPsf::profile(double z_um,
                                            const std::vector<std::vector<double>>& bessel) const {
  std::vector<std::complex<double>> pupil;
  for (std::size_t i = 0; i < rho_.size(); ++i) {
    const double sine = numerical_aperture_ * rho_[i];
    const double defocus_rad =
        radians_per_um_ * (z_um + focus_um_) * std::sqrt(index_ * index_ - sine * sine);
    pupil.push_back(std::polar(1.0 / num_pupil_nodes, aberration_rad_[i] + defocus_rad));
  }
  std::vector<double> values;
  for (const std::vector<double>& row : bessel) {
    std::complex<double> field = 0;
    for (std::size_t i = 0; i < pupil.size(); ++i) {
      field += pupil[i] * row[i];
    }
    values.push_back(std::norm(field) * std::norm(field));
  }
  return values;
}

PsfModel fit_gaussians(const DiffractionPsf& psf) {
  // The focus is steeper than a Gaussian, so nothing narrower than it can serve.
  constexpr double narrowest = 0.98;  // of the focus
  constexpr double widest = 7;
  constexpr double step_um = 0.05;
  constexpr int num_radii = 80;
  const double focus_sigma_um = psf.fwhm_xy_um() / gaussian_fwhm_per_sigma;
  std::vector<double> sigma_um;
  for (int i = 0; i < num_widths; ++i) {
    sigma_um.push_back(focus_sigma_um * narrowest *
                       std::pow(widest / narrowest, static_cast<double>(i) / (num_widths - 1)));
  }
  // Radii that are dense at the axis, weighted by the area that each stands for.
  std::vector<double> r_um;
  Eigen::VectorXd area(num_radii);
  const double last_um = 2.5 * sigma_um.back();
  for (int i = 0; i < num_radii; ++i) {
    const double part = (i + 0.5) / num_radii;
    r_um.push_back(last_um * part * part);
    area(i) = part * part * part;
  }
  const Eigen::MatrixXd gaussians = gaussians_at(r_um, sigma_um);
  const Normal normal = gaussians.transpose() * area.asDiagonal() * gaussians;
  const auto bessel = psf.bessel_table(r_um);

  const int half = static_cast<int>(std::ceil(2 * psf.fwhm_z_um() / step_um));
  std::vector<PsfModel::Term> terms;
  for (const double sigma : sigma_um) {
    terms.push_back({.sigma_xy_um = sigma, .shares = {}});
  }
  for (int i = -half; i <= half; ++i) {
    // The light that a point gets from a focus above it is the one below the focus.
    const std::vector<double> values = psf.profile(-i * step_um, bessel);
    const Eigen::Map<const Eigen::VectorXd> wanted(values.data(), num_radii);
    const Shares shares =
        non_negative_least_squares(normal, gaussians.transpose() * (area.asDiagonal() * wanted));
    for (int j = 0; j < num_widths; ++j) {
      terms[static_cast<std::size_t>(j)].shares.push_back(shares(j));
    }
  }
  return {-half * step_um, step_um, std::move(terms)};
}

}  // namespace bramble
