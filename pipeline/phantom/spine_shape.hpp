#pragma once

#include "kernels/core/geometry.hpp"
#include "pipeline/phantom/anatomy.hpp"
#include "pipeline/phantom/random.hpp"
#include "pipeline/phantom/spine_population.hpp"

#include <string>
#include <vector>

namespace bramble {

// What a spine looks like, wherever it sits. A filopodium is a neck whose head is no wider than
// itself.
struct SpineForm {
  double azimuth_rad = 0;  // about the shaft, 0 = towards deeper z
  double tilt_rad = 0;     // along the shaft
  double head_diameter_um = 0;
  double head_elongation = 1;  // axial over transverse axis, volume kept
  double neck_length_um = 0;   // from the shaft's surface to the head
  double neck_diameter_um = 0;
};

// One spine in space.
struct SpineShape {
  SpineForm form;
  Position base;  // on the shaft's centreline
  Position head;  // centre of the head
  Position tip;

  double length_um() const noexcept { return form.neck_length_um + form.head_diameter_um; }
};

// Values and sources: reference science.md section 7.4. `dendrite` is the place of the spine's
// dendrite.
SpineForm draw_spine_form(RandomPlace dendrite, const SpineLife& life);

// By what factor the head's diameter differs from that of the form in each session: exp(0.15 x an
// Ornstein-Uhlenbeck process with a time constant of 7 days).
std::vector<double> draw_head_growth(RandomPlace dendrite, const SpineLife& life,
                                     const std::vector<double>& session_days);

// Puts the form on its dendrite, in the frame of the path.
SpineShape shape_spine(const DendritePath& path, double path_um, const SpineForm& form);

// Rule set `project`: "filopodium", "stubby", "mushroom" or "thin".
std::string classify_by_project_rules(const SpineForm& form);

}  // namespace bramble
