#pragma once

#include "kernels/core/host_device.hpp"

#include <cmath>

namespace bramble {

BRAMBLE_HD inline float larger(float a, float b) noexcept { return a > b ? a : b; }
BRAMBLE_HD inline float smaller(float a, float b) noexcept { return a < b ? a : b; }
BRAMBLE_HD inline int within(int value, int low, int high) noexcept {
  return value < low ? low : value > high ? high : value;
}

// The sample nearest to where `part` of the way from one to the other ends.
BRAMBLE_HD inline int on_way(int from, int to, float part) noexcept {
  return static_cast<int>(lroundf(static_cast<float>(from) + part * static_cast<float>(to - from)));
}

}  // namespace bramble
