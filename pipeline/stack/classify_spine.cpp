#include "pipeline/stack/classify_spine.hpp"

#include <cmath>

namespace bramble {

namespace {

constexpr float filopodium_length_um = 2.0f;
constexpr float filopodium_head_um = 0.40f;
constexpr float stubby_neck_um = 0.15f;
constexpr float stubby_length_um = 1.0f;
constexpr float mushroom_head_um = 0.60f;
constexpr float head_error_um = 0.1f;
constexpr float length_error_um = 0.25f;

// Probability that a value measured with a Gaussian error lies above a threshold.
float above(float value, float threshold, float error) {
  return 0.5f * std::erfc((threshold - value) / (error * std::sqrt(2.0f)));
}

}  // namespace

ClassifiedSpine classify_spine(float length_um, float head_diameter_um, float neck_length_um) {
  const float is_filopodium = above(length_um, filopodium_length_um, length_error_um) *
                              (1 - above(head_diameter_um, filopodium_head_um, head_error_um));
  const float is_stubby = (1 - above(neck_length_um, stubby_neck_um, length_error_um)) *
                          (1 - above(length_um, stubby_length_um, length_error_um));
  const float is_mushroom = above(head_diameter_um, mushroom_head_um, head_error_um);
  if (length_um >= filopodium_length_um && head_diameter_um < filopodium_head_um) {
    return {SpineClass::filopodium, is_filopodium};
  }
  const float rest = 1 - is_filopodium;
  if (neck_length_um < stubby_neck_um && length_um <= stubby_length_um) {
    return {SpineClass::stubby, rest * is_stubby};
  }
  if (head_diameter_um >= mushroom_head_um) {
    return {SpineClass::mushroom, rest * (1 - is_stubby) * is_mushroom};
  }
  return {SpineClass::thin, rest * (1 - is_stubby) * (1 - is_mushroom)};
}

}  // namespace bramble
