#pragma once

#include "pipeline/phantom/anatomy.hpp"
#include "pipeline/records/phantom.hpp"

#include <cstdint>
#include <vector>

namespace bramble {

// When and where one spine lives.
struct SpineLife {
  std::uint64_t serial = 0;  // within its dendrite: first session by path, then by birth
  double path_um = 0;        // of its base along the dendrite's path
  bool transient = false;    // of the short-lived pool
  bool newborn = false;      // born after the first session, or by the treatment
  double birth_day = 0;      // the first session's day for those that were there before
  double death_day = 0;

  bool alive(double day) const noexcept { return birth_day <= day && day < death_day; }
};

// All spines that a dendrite ever carries from the first to the last session, by serial. Two pools
// with constant hazards (reference science.md sections 2.6 and 7.9): stationary without treatment;
// a treated field gains extra_formation_frac persistent spines, and 0.4 times as many transient
// ones, per spine of the first session, released after day 0 with a time constant of 2 days. Bases
// keep 0.15 um from those alive at their birth.
std::vector<SpineLife> grow_spines(const PhantomParameters& parameters, PhantomField field,
                                   std::uint64_t dendrite, double path_length_um);

}  // namespace bramble
