#include "pipeline/phantom/ideal_observer.hpp"

#include <algorithm>
#include <cmath>

namespace bramble {
namespace {

Voxel operator+(Voxel a, Voxel b) { return {a.z + b.z, a.y + b.y, a.x + b.x}; }

// Voxels within one pixel or 0.15 um in plane and one slice in depth of a point, within the stack.
ImageWindow window_around(Position p, Extent extent, Spacing spacing) {
  const auto range = [](double um, double reach_um, float step_um, int size, int& first, int& num) {
    first = std::clamp(static_cast<int>(std::ceil((um - reach_um) / step_um)), 0, size);
    const int last = static_cast<int>(std::floor((um + reach_um) / step_um));
    num = std::clamp(last + 1, first, size) - first;
  };
  constexpr double reach_um = 0.15;
  ImageWindow window;
  range(p.z_um, spacing.z_um, spacing.z_um, extent.z, window.first.z, window.extent.z);
  range(p.y_um, std::max<double>(reach_um, spacing.y_um), spacing.y_um, extent.y, window.first.y,
        window.extent.y);
  range(p.x_um, std::max<double>(reach_um, spacing.x_um), spacing.x_um, extent.x, window.first.x,
        window.extent.x);
  return window;
}

}  // namespace

SpineVisibility IdealObserver::observe(const DyedCell& cell, const DrawnCell& drawn,
                                       std::size_t spine) const {
  if (cell.spines[spine].capsules.empty()) {
    return {};
  }
  return {.contrast = contrast(cell, drawn, spine), .d_prime = d_prime(drawn, spine)};
}

double IdealObserver::contrast(const DyedCell& cell, const DrawnCell& drawn,
                               std::size_t spine) const {
  const DyedBody& body = cell.spines[spine];
  const Position base = body.capsules.front().from;
  const Position head =
      body.spheroids.empty() ? body.capsules.front().to : body.spheroids.front().centre;
  const double shaft_peak = peak_near(base, drawn.gain, drawn.shaft());
  return shaft_peak > 0 ? peak_near(head, drawn.gain, drawn.parts) / shaft_peak : 0;
}

double IdealObserver::peak_near(Position tissue, double gain,
                                std::span<const FinePart> parts) const {
  const Spacing spacing = optics_.spacing();
  const ImageWindow window =
      window_around(optics_.motion().appears_at(tissue), optics_.extent(), spacing);
  Volume<float> image(MemorySpace::host, window.extent, spacing);
  image_parts(optics_, gain, parts, window, image.view());
  double peak = 0;
  for (std::int64_t i = 0; i < image.voxels().size(); ++i) {
    const Voxel voxel = window.first + window.extent.voxel(i);
    peak = std::max(peak, image.voxels()[i] * light_.signal_photons(voxel, spacing));
  }
  return peak;
}

double IdealObserver::d_prime(const DrawnCell& drawn, std::size_t spine) const {
  const Spacing spacing = optics_.spacing();
  const ImageWindow window = optics_.reached_by(bounds_of(drawn.spine(spine)));
  Volume<float> image(MemorySpace::host, window.extent, spacing);
  image_spine(optics_, drawn, spine, window, image.view());
  const double read_noise_photons = detector_.read_noise_counts / detector_.gain_counts_per_photon;
  double sum = 0;
  for (std::int64_t i = 0; i < image.voxels().size(); ++i) {
    const Voxel voxel = window.first + window.extent.voxel(i);
    const double difference = image.voxels()[i] * light_.signal_photons(voxel, spacing);
    if (difference > 0) {
      const double without = std::max(photons_(voxel) - difference, 0.0);
      sum += difference * difference /
             (detector_.excess_noise_factor * without + read_noise_photons * read_noise_photons);
    }
  }
  return std::sqrt(sum);
}

}  // namespace bramble
