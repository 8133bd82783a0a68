#pragma once

#include "kernels/core/geometry.hpp"
#include "pipeline/phantom/dendrite_path.hpp"
#include "pipeline/phantom/phantom_field.hpp"
#include "pipeline/phantom/random.hpp"
#include "pipeline/phantom/spine_population.hpp"
#include "pipeline/records/phantom_parameters.hpp"

#include <string>
#include <vector>

namespace bramble {

// What a spine looks like, wherever it sits.
struct SpineForm {
  double azimuth_rad = 0;  // about the shaft, 0 = towards deeper z
  double tilt_rad = 0;     // along the shaft
  double head_diameter_um = 0;
  double head_elongation = 1;  // axial over transverse axis, volume kept
  double neck_length_um = 0;   // from the shaft's surface to the head
  double neck_diameter_um = 0;
  bool filopodium = false;        // a neck, and a head no wider than that
  double second_diameter_um = 0;  // of a branched spine's smaller head, 0: not branched
  double second_angle_rad = 0;    // of its own half of the neck, along the shaft

  bool branched() const noexcept { return second_diameter_um > 0; }
};

// One spine in space. The arms of a branched spine part at the fork, half way along the neck.
struct SpineShape {
  SpineForm form;
  Position base;  // on the shaft's centreline
  Position head;  // centre of the head, the larger one
  Position tip;   // of the larger head, which is the farther one
  Position fork;
  Position second_head;

  double length_um() const noexcept { return form.neck_length_um + form.head_diameter_um; }
};

// Values and sources: reference science.md section 7.4. `dendrite` is the place of the spine's
// dendrite. Newborn heads are 0.8 times, transient ones 0.75 times as large as others.
SpineForm draw_spine_form(const PhantomParameters& parameters, RandomPlace dendrite,
                          const SpineLife& life);

// By what factor the head's diameter differs from that of the form in each session: the exponential
// of head_diameter_log_sd x an Ornstein-Uhlenbeck process with a time constant of 7 days, and, of
// treated fields, of treatment_head_log_gain decaying over 5 days after the treatment. 1 when the
// turnover is frozen.
std::vector<double> draw_head_growth(const PhantomParameters& parameters, RandomPlace dendrite,
                                     const SpineLife& life, bool treated);

// The form with its heads larger by a factor; filopodia, which have none, keep theirs.
SpineForm grow_heads(SpineForm form, double factor);

// Puts the form on its dendrite, in the frame of the path.
SpineShape shape_spine(const DendritePath& path, double path_um, const SpineForm& form);

// Heads and neck.
double spine_volume_um3(const SpineForm& form);

// Rule set `project`: "filopodium", "stubby", "mushroom" or "thin".
std::string classify_by_project_rules(const SpineForm& form);

}  // namespace bramble
