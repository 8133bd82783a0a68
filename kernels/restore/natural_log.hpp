#pragma once

#include "kernels/core/host_device.hpp"

#include <bit>
#include <cstdint>

namespace bramble {

// log(v) of a positive, normal v within 2e-7 (1 + |log v|): v = m 2^e with m in [0.7, 1.41), log m
// from the series of the inverse hyperbolic tangent. Unlike the library's it vectorises.
BRAMBLE_HD inline float natural_log(float v) noexcept {
  constexpr std::int32_t bits_of_half_root = 0x3f3504f3;  // of sqrt(1 / 2)
  constexpr int mantissa_bits = 23;
  constexpr float log_of_two = 0.69314718f;
  const std::int32_t bits = std::bit_cast<std::int32_t>(v);
  const std::int32_t exponent = (bits - bits_of_half_root) >> mantissa_bits;
  const float mantissa = std::bit_cast<float>(bits - exponent * (1 << mantissa_bits));
  const float t = (mantissa - 1) / (mantissa + 1);
  const float s = t * t;
  const float series = 1 + s * (1.0f / 3 + s * (1.0f / 5 + s * (1.0f / 7 + s * (1.0f / 9))));
  return 2 * t * series + static_cast<float>(exponent) * log_of_two;
}

}  // namespace bramble
