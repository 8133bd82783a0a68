#pragma once

#include "kernels/core/geometry.hpp"

#include <array>
#include <string>
#include <string_view>

namespace bramble {

enum class SpineClass { thin, stubby, mushroom, filopodium };

// The words that stand for them in every file, in the order of the enumerators.
inline constexpr std::array<std::string_view, 4> spine_class_names{"thin", "stubby", "mushroom",
                                                                   "filopodium"};

// One spine of one stack.
struct Spine {
  int id = 0;          // within its stack: 0, 1, 2, ... by dendrite, then path position
  int dendrite = 0;    // Dendrite::id
  Position head;       // centre of the head
  Position base;       // where it leaves the shaft, on the centreline
  double path_um = 0;  // of the base, along the dendrite from its first node
  int side = 0;  // +1 left, -1 right of the dendrite's direction in the plane of the image (y down)
  float length_um = 0;  // base on the shaft's surface to tip
  float head_diameter_um = 0;
  float neck_length_um = 0;
  float neck_diameter_um = 0;  // NaN: below the resolution
  float volume_um3 = 0;
  float brightness_ratio = 0;  // head over local shaft, both above background
  SpineClass spine_class = SpineClass::thin;
  float class_probability = 0;
  float snr = 0;       // head above its surround over the local noise
  float p_detect = 0;  // probability that a spine is there
  std::string flags;   // comma-separated
};

}  // namespace bramble
