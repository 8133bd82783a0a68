#include "pipeline/phantom/spine_shape.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace bramble {
namespace {

constexpr double degree = std::numbers::pi / 180;
constexpr double thinnest_neck_um = 0.08;
constexpr double widest_neck_ratio = 0.9;  // of the head

RandomPlace place_of(RandomPlace dendrite, const SpineLife& life, RandomPurpose purpose) {
  dendrite.purpose = purpose;
  dendrite.spine = life.serial;
  return dendrite;
}

// All filopodia are in the transient pool.
double filopodium_frac_of_transient(const PhantomParameters& parameters) {
  const double filopodia = parameters.spines.filopodium_frac;
  const double transient = parameters.turnover.transient_frac;
  return filopodia < transient ? filopodia / transient : 1;
}

void make_filopodium(SpineForm& form, Random& random) {
  form.filopodium = true;
  form.head_diameter_um = random.uniform_within(0.2, 0.3);
  form.neck_diameter_um = form.head_diameter_um;
  form.neck_length_um = random.uniform_within(2.0, 4.0) - form.head_diameter_um;
}

double draw_head_um(const PhantomSpineParameters& spines, const SpineLife& life, Random& random) {
  const double smaller = (life.newborn ? 0.8 : 1.0) * (life.transient ? 0.75 : 1.0);
  return smaller * random.lognormal_within(spines.head_diameter_median_um,
                                           spines.head_diameter_log_sd, 0.25, 1.20);
}

double draw_neck_length_um(const PhantomSpineParameters& spines, Random& random) {
  return random.lognormal_within(spines.neck_length_median_um, spines.neck_length_log_sd, 0.05,
                                 2.0);
}

double draw_neck_diameter_um(double head_diameter_um, Random& random) {
  const double usual_um = 0.20 * std::sqrt(head_diameter_um / 0.5);
  return std::clamp(random.lognormal(usual_um, 0.25), thinnest_neck_um,
                    widest_neck_ratio * head_diameter_um);
}

void add_second_head(SpineForm& form, double diameter_um, Random& random) {
  form.second_diameter_um = diameter_um;
  if (form.second_diameter_um > form.head_diameter_um) {
    std::swap(form.second_diameter_um, form.head_diameter_um);
  }
  const double side = random.uniform() < 0.5 ? -1 : 1;
  form.second_angle_rad = side * random.uniform_within(25 * degree, 40 * degree);
}

double ball_um3(double diameter_um) {
  return std::numbers::pi / 6 * diameter_um * diameter_um * diameter_um;
}

}  // namespace

SpineForm draw_spine_form(const PhantomParameters& parameters, RandomPlace dendrite,
                          const SpineLife& life) {
  const PhantomSpineParameters& spines = parameters.spines;
  Random random(place_of(dendrite, life, RandomPurpose::spine_shape));
  SpineForm form;
  form.azimuth_rad = random.uniform_within(0, 2 * std::numbers::pi);
  form.tilt_rad = 15 * degree * random.normal();
  if (life.transient && random.uniform() < filopodium_frac_of_transient(parameters)) {
    make_filopodium(form, random);
    return form;
  }
  form.head_diameter_um = draw_head_um(spines, life, random);
  form.head_elongation = random.lognormal(1, 0.12);
  const bool branched = random.uniform() < spines.branched_frac;
  const bool sessile = random.uniform() < spines.sessile_frac;
  if (branched || !sessile) {
    form.neck_length_um = draw_neck_length_um(spines, random);
  }
  if (branched) {
    add_second_head(form, draw_head_um(spines, life, random), random);
  }
  form.neck_diameter_um = draw_neck_diameter_um(form.head_diameter_um, random);
  return form;
}

std::vector<double> draw_head_growth(const PhantomParameters& parameters, RandomPlace dendrite,
                                     const SpineLife& life, bool treated) {
  constexpr double time_constant_days = 7;
  constexpr double treatment_decay_days = 5;
  const PhantomTurnover& turnover = parameters.turnover;
  const std::vector<double>& days = parameters.design.session_days;
  std::vector<double> factors(days.size(), 1);
  if (turnover.frozen) {
    return factors;
  }
  Random random(place_of(dendrite, life, RandomPurpose::spine_growth));
  double state = random.normal();
  for (std::size_t i = 0; i < days.size(); ++i) {
    if (i > 0) {
      const double kept = std::exp((days[i - 1] - days[i]) / time_constant_days);
      state = state * kept + std::sqrt(1 - kept * kept) * random.normal();
    }
    const double days_after = days[i] - parameters.design.treatment_day;
    const double gain = treated && days_after > 0 ? turnover.treatment_head_log_gain *
                                                        std::exp(-days_after / treatment_decay_days)
                                                  : 0;
    factors[i] = std::exp(turnover.head_diameter_log_sd * state + gain);
  }
  return factors;
}

SpineForm grow_heads(SpineForm form, double factor) {
  if (form.filopodium) {
    return form;
  }
  form.head_diameter_um *= factor;
  form.second_diameter_um *= factor;
  form.neck_diameter_um =
      std::min(form.neck_diameter_um, widest_neck_ratio * form.head_diameter_um);
  return form;
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
  const auto direction = [&](double tilt_rad) {
    return radial * std::cos(tilt_rad) + tangent * std::sin(tilt_rad);
  };

  const Position axis = direction(form.tilt_rad);
  const Position arm = direction(form.tilt_rad + form.second_angle_rad);
  const double half_neck_um = 0.5 * form.neck_length_um;
  SpineShape shape;
  shape.form = form;
  shape.base = shaft.position;
  shape.fork = shaft.position + axis * (shaft.radius_um + half_neck_um);
  shape.head = shape.fork + axis * (half_neck_um + 0.5 * form.head_diameter_um);
  shape.tip = shape.head + axis * (0.5 * form.head_diameter_um);
  shape.second_head = shape.fork + arm * (half_neck_um + 0.5 * form.second_diameter_um);
  return shape;
}

double spine_volume_um3(const SpineForm& form) {
  const double neck_um = form.neck_length_um * (form.branched() ? 1.5 : 1);
  return ball_um3(form.head_diameter_um) + ball_um3(form.second_diameter_um) +
         std::numbers::pi / 4 * form.neck_diameter_um * form.neck_diameter_um * neck_um;
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
