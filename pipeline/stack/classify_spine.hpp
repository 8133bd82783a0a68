#pragma once

#include "pipeline/records/spine.hpp"

namespace bramble {

struct ClassifiedSpine {
  SpineClass spine_class = SpineClass::thin;
  float probability = 0;
};

// The rule set `project` (first match wins): filopodium: length >= 2.0 and head < 0.40; stubby:
// neck < 0.15 and length <= 1.0; mushroom: head >= 0.60; thin: the rest; all in um. The probability
// says how far the nearest threshold that would change the class is away, in units of the
// measurement's typical error of 0.1 um (head) and 0.25 um (lengths).
ClassifiedSpine classify_spine(float length_um, float head_diameter_um, float neck_length_um);

}  // namespace bramble
