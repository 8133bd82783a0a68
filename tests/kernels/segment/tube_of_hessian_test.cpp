#include "kernels/segment/tube_of_hessian.hpp"

#include "tests/kernels/segment/jacobi_eigenvalues.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>

namespace bramble {
namespace {

class RandomMatrices {
 public:
  Hessian next() { return {uniform(), uniform(), uniform(), uniform(), uniform(), uniform()}; }

  // A matrix with the given eigenvalues and random axes.
  Hessian next_of(double a, double b, double c) {
    const double angle = 3 * uniform();
    double axis[3] = {uniform(), uniform(), uniform()};
    const double length = std::hypot(axis[0], axis[1], axis[2]);
    double rotation[3][3];
    for (int i = 0; i < 3; ++i) {
      for (int j = 0; j < 3; ++j) {
        const double cross =
            i == j ? 0 : ((j - i + 3) % 3 == 1 ? -1 : 1) * axis[3 - i - j] / length;
        rotation[i][j] = (i == j ? std::cos(angle) : 0) + std::sin(angle) * cross +
                         (1 - std::cos(angle)) * axis[i] * axis[j] / (length * length);
      }
    }
    const auto entry = [&](int i, int j) {
      return static_cast<float>(a * rotation[i][0] * rotation[j][0] +
                                b * rotation[i][1] * rotation[j][1] +
                                c * rotation[i][2] * rotation[j][2]);
    };
    return {entry(0, 0), entry(1, 1), entry(2, 2), entry(0, 1), entry(0, 2), entry(1, 2)};
  }

 private:
  float uniform() { return static_cast<float>(engine_() >> 11) * 0x1p-52f - 1; }

  std::mt19937_64 engine_{3};
};

TEST(TubeOfHessian, diagonal_matrices_by_hand) {
  EXPECT_FLOAT_EQ(tube_of_hessian({.zz = -2, .yy = 0, .xx = -8}), 4);
  EXPECT_FLOAT_EQ(tube_of_hessian({.zz = 1, .yy = -8, .xx = -2}), 4);
  EXPECT_FLOAT_EQ(tube_of_hessian({.zz = -1, .yy = -8, .xx = -2}), 4);
  EXPECT_FLOAT_EQ(tube_of_hessian({.zz = -3, .yy = -3, .xx = -3}), 3);
  EXPECT_FLOAT_EQ(tube_of_hessian({.zz = 0, .yy = -3, .xx = -3}), 3);
  EXPECT_EQ(tube_of_hessian({}), 0);
  EXPECT_EQ(tube_of_hessian({.zz = 1, .yy = 2, .xx = -2}), 0);
  EXPECT_EQ(tube_of_hessian({.zz = 2, .yy = 2, .xx = 2}), 0);
}

TEST(TubeOfHessian, hollow_profiles_do_not_respond_though_two_curvatures_are_negative) {
  EXPECT_EQ(tube_of_hessian({.zz = -1, .yy = 5, .xx = -1}), 0);
}

TEST(TubeOfHessian, planes_respond_with_less_than_two_per_cent_of_their_curvature) {
  RandomMatrices matrices;
  for (int i = 0; i < 10000; ++i) {
    ASSERT_LT(tube_of_hessian(matrices.next_of(0, -1, 0)), 0.02) << i;
  }
}

TEST(TubeOfHessian, eigenvalues_of_random_matrices_agree_with_jacobi_rotations) {
  RandomMatrices matrices;
  for (int i = 0; i < 100000; ++i) {
    const Hessian h = matrices.next();
    const auto [highest, middle, lowest] = jacobi_eigenvalues(h);

    const LowerEigenvalues found = lower_eigenvalues(h);

    const double apart = std::min(highest - middle, middle - lowest);
    const double tolerance = apart > 0.1 ? 1e-5 : 2e-3;
    ASSERT_NEAR(found.middle, middle, tolerance) << i;
    ASSERT_NEAR(found.lowest, lowest, tolerance) << i;
    ASSERT_NEAR(tube_of_hessian(h) * tube_of_hessian(h),
                tube_by_definition(h) * tube_by_definition(h), apart > 0.1 ? 2e-5 : 2e-3)
        << i;
  }
}

TEST(TubeOfHessian, round_tubes_and_blobs_have_a_double_or_triple_eigenvalue) {
  RandomMatrices matrices;
  for (int i = 0; i < 10000; ++i) {
    ASSERT_NEAR(tube_of_hessian(matrices.next_of(0, -1, -1)), 1, 2e-6) << i;
    ASSERT_NEAR(tube_of_hessian(matrices.next_of(0.3, -1, -1)), 1, 2e-6) << i;
    ASSERT_NEAR(tube_of_hessian(matrices.next_of(-1, -1, -1)), 1, 2e-6) << i;
    ASSERT_NEAR(tube_of_hessian(matrices.next_of(-1, -1, -2)), std::sqrt(2.0), 2e-3) << i;
  }
}

TEST(TubeOfHessian, powers_of_two_change_the_exponent_alone) {
  RandomMatrices matrices;
  for (int i = 0; i < 1000; ++i) {
    const Hessian h = matrices.next();
    for (const float factor : {4.0f, 0x1p40f, 0x1p-40f}) {
      const Hessian scaled{factor * h.zz, factor * h.yy, factor * h.xx,
                           factor * h.zy, factor * h.zx, factor * h.yx};
      ASSERT_EQ(tube_of_hessian(scaled), factor * tube_of_hessian(h)) << i;
    }
  }
}

}  // namespace
}  // namespace bramble
