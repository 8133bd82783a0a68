#include "kernels/restore/inverse_root.hpp"
#include "kernels/restore/natural_log.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace bramble {
namespace {

TEST(NaturalLog, agrees_with_the_library) {
  for (float v = 1e-4f; v < 1e6f; v *= 1.013f) {
    const double expected = std::log(static_cast<double>(v));

    ASSERT_NEAR(natural_log(v), expected, 2e-7 * (1 + std::abs(expected))) << v;
  }
}

TEST(InverseRoot, agrees_with_the_library) {
  for (float v = 1e-7f; v < 1e6f; v *= 1.013f) {
    const double expected = 1 / std::sqrt(static_cast<double>(v));

    ASSERT_NEAR(inverse_root(v), expected, 3e-7 * expected) << v;
  }
}

}  // namespace
}  // namespace bramble
