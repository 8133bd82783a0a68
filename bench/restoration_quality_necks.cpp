#include "bench/restoration_quality_sections.hpp"
#include "bench/restoration_quality_steps.hpp"
#include "bench/restoration_quality_table.hpp"
#include "kernels/core/interpolate.hpp"
#include "kernels/core/middle_value.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace bramble {
namespace {

constexpr std::uint64_t num_fields = 5;
constexpr double shortest_neck_um = 0.6;
constexpr double beside_um = 0.45;  // the width of the PSF

// Where a neck is looked at, and where beside it.
struct NeckPlace {
  std::vector<Position> on;
  std::vector<Position> beside;
};

bool is_inside(Position p, const Volume<float>& volume) {
  const Position far = position_of(
      {volume.extent().z - 1, volume.extent().y - 1, volume.extent().x - 1}, volume.spacing());
  constexpr double margin_um = 1;
  return p.z_um > margin_um && p.z_um < far.z_um - margin_um && p.y_um > margin_um &&
         p.y_um < far.y_um - margin_um && p.x_um > margin_um && p.x_um < far.x_um - margin_um;
}

// The middle half of the neck, so that neither shaft nor head is beside it.
NeckPlace place_of(const SessionSpine& spine) {
  const SpineShape& shape = spine.shape;
  const Position reach = shape.head - shape.base;
  const Position axis = reach * (1 / length_um(reach));
  const Position across_raw{0, axis.x_um, -axis.y_um};
  const Position across = across_raw * (beside_um / length_um(across_raw));
  NeckPlace place;
  for (const double part : {0.25, 0.375, 0.5, 0.625, 0.75}) {
    const Position point =
        shape.base + axis * (spine.shaft.radius_um + part * shape.form.neck_length_um);
    place.on.push_back(point);
    place.beside.push_back(point + across);
    place.beside.push_back(point - across);
  }
  return place;
}

// Necks long enough that stick out in plane.
std::vector<NeckPlace> necks_of(const QualityScene& scene) {
  std::vector<NeckPlace> places;
  for (const SessionDendrite& dendrite : scene.tissue.dendrites) {
    for (const SessionSpine& spine : dendrite.spines) {
      const SpineForm& form = spine.shape.form;
      const bool is_lateral = std::abs(std::sin(form.azimuth_rad)) > 0.8;
      if (form.neck_length_um >= shortest_neck_um && is_lateral && !form.branched() &&
          !form.filopodium && is_inside(spine.shape.head, scene.object) &&
          is_inside(spine.shape.base, scene.object)) {
        places.push_back(place_of(spine));
      }
    }
  }
  return places;
}

double mean_at(VolumeView<const float> volume, const std::vector<Position>& points) {
  double sum = 0;
  for (const Position& point : points) {
    sum += static_cast<double>(interpolate(volume, point));
  }
  return sum / static_cast<double>(points.size());
}

// Over many necks: of the sums, and per neck.
class NeckContrast {
 public:
  void add(VolumeView<const float> volume, const std::vector<NeckPlace>& necks) {
    for (const NeckPlace& neck : necks) {
      const double c = mean_at(volume, neck.on);
      const double s = mean_at(volume, neck.beside);
      on_ += c;
      beside_ += s;
      // Noise less the background may be negative; no contrast is larger than 1.
      const double contrast = c + s > 0 ? std::clamp((c - s) / (c + s), -1.0, 1.0) : 0;
      contrasts_.push_back(contrast);
    }
  }
  std::string pooled() const { return number((on_ - beside_) / (on_ + beside_), 2); }
  std::string median() const { return number(middle_value(std::vector(contrasts_)), 2); }
  std::size_t num_necks() const { return contrasts_.size(); }

 private:
  double on_ = 0;
  double beside_ = 0;
  std::vector<double> contrasts_;
};

}  // namespace

void report_necks(const QualityOptics& optics) {
  MarkdownTable table({"peak photons", "iterations", "before, of sums", "before, median",
                       "after, of sums", "after, median", "target"});
  std::vector<QualityScene> scenes;
  NeckContrast of_truth;
  NeckContrast without_noise;
  for (std::uint64_t seed = 1; seed <= num_fields; ++seed) {
    scenes.push_back(make_scene(optics.model, {.seed = seed}));
    of_truth.add(scenes.back().object.view(), necks_of(scenes.back()));
    without_noise.add(scenes.back().image.view(), necks_of(scenes.back()));
  }
  Deconvolver deconvolver(cpu_exec, scenes.front().image.extent(), optics.psf);
  for (const double peak : {5.0, 10.0, 20.0, 30.0, 100.0}) {
    const int iterations = chosen_iterations(optics, scenes.front(), peak);
    NeckContrast before;
    NeckContrast after;
    for (std::size_t i = 0; i < scenes.size(); ++i) {
      const Volume<float> photons = draw_photons(
          scaled(scenes[i].image, photons_per_occupancy(scenes[i], peak), 0.3), 10 + i);
      const RestoredVolume restored = restore(
          deconvolver, {photons.view(), quality_background_photons}, {.iterations = iterations});
      const std::vector<NeckPlace> necks = necks_of(scenes[i]);
      before.add(scaled(photons, 1, -0.3).view(), necks);
      after.add(restored.photons.view(), necks);
    }
    table.add({number(peak, 0), std::to_string(iterations), before.pooled(), before.median(),
               after.pooled(), after.median(), "above before"});
  }
  table.print("Necks, " + optics.name,
              "(c - s) / (c + s) of " + std::to_string(of_truth.num_necks()) +
                  " necks of 0.6 um and more that stick out in plane; c the mean along the middle "
                  "half of the neck, s 0.45 um to both sides of it. In the object " +
                  of_truth.pooled() + " (median " + of_truth.median() +
                  "), blurred without noise " + without_noise.pooled() + " (median " +
                  without_noise.median() + ").");
}

}  // namespace bramble
