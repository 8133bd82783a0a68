#pragma once

#include "kernels/core/host_device.hpp"

#include <bit>
#include <cstdint>

namespace bramble {

// 1 / sqrt(v) of a positive, normal v within 3e-7 of it: a first guess from the exponent, and three
// Newton steps. Unlike the library's root, which may have to set errno, it vectorises.
BRAMBLE_HD inline float inverse_root(float v) noexcept {
  constexpr std::int32_t bits_of_guess = 0x5f3759df;  // within 3.5 per cent (Lomont 2003)
  const float half = 0.5f * v;
  float root = std::bit_cast<float>(bits_of_guess - (std::bit_cast<std::int32_t>(v) >> 1));
  root = root * (1.5f - half * root * root);
  root = root * (1.5f - half * root * root);
  return root * (1.5f - half * root * root);
}

}  // namespace bramble
