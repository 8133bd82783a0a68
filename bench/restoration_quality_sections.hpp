#pragma once

#include "bench/restoration_quality_scene.hpp"

#include <string>

// The tables of the report, each with its target.
namespace bramble {

inline constexpr float quality_background_photons = 0.3f;

// How many iterations held-out photons choose for a scene at this brightness.
int chosen_iterations(const QualityOptics& optics, const QualityScene& scene, double peak_photons);

// Errors against the truth of the three methods, and the iteration that held-out photons choose.
void report_curves(const QualityOptics& optics, const QualityScene& scene,
                   const std::vector<double>& peaks);
// The smallest separation of two points with a dip between them.
void report_two_points(const QualityOptics& optics, const QualityScene& scene);
// Widths, flux and linearity of points.
void report_beads(const QualityOptics& optics, const QualityScene& scene);
// Contrast of necks.
void report_necks(const QualityOptics& optics);
// What a dendrite without spines gives.
void report_false_spines();
// Fourier shell correlation of halves restored apart from each other.
void report_halves(const QualityOptics& optics, const QualityScene& scene);
// What the residuals say of a right and of a wrong model.
void report_residuals(const QualityOptics& optics, const QualityScene& scene);

}  // namespace bramble
