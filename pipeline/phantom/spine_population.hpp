#pragma once

#include "pipeline/phantom/phantom_field.hpp"
#include "pipeline/records/phantom_parameters.hpp"

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

// All spines that a dendrite ever carries from the first to the last session, by serial: a Poisson
// process with a hard core of 0.15 um along the path, then births and deaths. Two pools with
// constant hazards (reference science.md sections 2.6 and 7.9), stationary at first: nobody is born
// before the first session. Births come at rates that replace the lost spines of the first session
// (those of the persistent pool times persistent_birth_ratio); a treated field gains
// extra_persistent_frac persistent and extra_transient_frac transient spines per spine of the first
// session, released after the treatment day. Every tenth is born within 1 um of a lost spine, the
// others anywhere; all keep the hard core to those alive at their birth, or are not born when there
// is no room.
std::vector<SpineLife> grow_spines(const PhantomParameters& parameters, PhantomField field,
                                   std::uint64_t dendrite, double path_length_um);

}  // namespace bramble
