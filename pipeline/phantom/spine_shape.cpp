#include "pipeline/phantom/spine_shape.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace bramble {
namespace {

RandomPlace place_of(RandomPlace dendrite, const SpineLife& life, RandomPurpose purpose) {
  dendrite.purpose = purpose;
  dendrite.spine = life.serial;
  return dendrite;
}

}  // namespace

SpineForm draw_spine_form(RandomPlace dendrite, const SpineLife& life) {
  // 3 % of all spines are filopodia, all of them in the transient pool, which is 7.5 % of the
  // spines.
  constexpr double filopodium_frac_of_transient = 0.03 / 0.075;
  constexpr double sessile_frac = 0.12;
  Random random(place_of(dendrite, life, RandomPurpose::spine_shape));
  SpineForm form;
  form.azimuth_rad = random.uniform_within(0, 2 * std::numbers::pi);
  form.tilt_rad = 15 * std::numbers::pi / 180 * random.normal();
  if (life.transient && random.uniform() < filopodium_frac_of_transient) {
    form.head_diameter_um = random.uniform_within(0.2, 0.3);
    form.neck_diameter_um = form.head_diameter_um;
    form.neck_length_um = random.uniform_within(2.0, 4.0) - form.head_diameter_um;
    return form;
  }
  const double smaller = (life.newborn ? 0.8 : 1.0) * (life.transient ? 0.75 : 1.0);
  form.head_diameter_um = smaller * random.lognormal_within(0.50, 0.28, 0.25, 1.20);
  form.head_elongation = random.lognormal(1, 0.12);
  const double usual_neck_um = 0.20 * std::sqrt(form.head_diameter_um / 0.5);
  form.neck_diameter_um =
      std::clamp(random.lognormal(usual_neck_um, 0.25), 0.08, 0.9 * form.head_diameter_um);
  if (random.uniform() >= sessile_frac) {
    form.neck_length_um = random.lognormal_within(0.55, 0.55, 0.05, 2.0);
  }
  return form;
}

std::vector<double> draw_head_growth(RandomPlace dendrite, const SpineLife& life,
                                     const std::vector<double>& session_days) {
  constexpr double log_sd = 0.15;
  constexpr double time_constant_days = 7;
  Random random(place_of(dendrite, life, RandomPurpose::spine_growth));
  std::vector<double> factors;
  double state = random.normal();
  for (std::size_t i = 0; i < session_days.size(); ++i) {
    if (i > 0) {
      const double kept = std::exp((session_days[i - 1] - session_days[i]) / time_constant_days);
      state = state * kept + std::sqrt(1 - kept * kept) * random.normal();
    }
    factors.push_back(std::exp(log_sd * state));
  }
  return factors;
}

SpineShape shape_spine(const DendritePath& path, double path_um, const SpineForm& form) {
  const PathPoint shaft = point_at(path, path_um);
  const Position tangent = shaft.tangent;
  // In the plane of the image and across the shaft; shafts are never steeper than 20 degrees.
  const Position across_raw{0, tangent.x_um, -tangent.y_um};
  const Position across = across_raw * (1 / length_um(across_raw));
  const Position deeper_raw = Position{1, 0, 0} - tangent * tangent.z_um;
  const Position deeper = deeper_raw * (1 / length_um(deeper_raw));
  const Position radial = across * std::sin(form.azimuth_rad) + deeper * std::cos(form.azimuth_rad);
  const Position direction = radial * std::cos(form.tilt_rad) + tangent * std::sin(form.tilt_rad);

  const double surface_um = shaft.radius_um;
  const double length_um = form.neck_length_um + form.head_diameter_um;
  return {.form = form,
          .base = shaft.position,
          .head = shaft.position +
                  direction * (surface_um + form.neck_length_um + 0.5 * form.head_diameter_um),
          .tip = shaft.position + direction * (surface_um + length_um)};
}

std::string classify_by_project_rules(const SpineForm& form) {
  const double length_um = form.neck_length_um + form.head_diameter_um;
  if (length_um >= 2.0 && form.head_diameter_um < 0.40) {
    return "filopodium";
  }
  if (form.neck_length_um < 0.15 && length_um <= 1.0) {
    return "stubby";
  }
  return form.head_diameter_um >= 0.60 ? "mushroom" : "thin";
}

}  // namespace bramble
