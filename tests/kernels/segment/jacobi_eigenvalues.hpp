#pragma once

#include "kernels/segment/tube_of_hessian.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace bramble {

// The eigenvalues of a symmetric matrix, highest first, in double precision by Jacobi rotations.
inline std::array<double, 3> jacobi_eigenvalues(const Hessian& h) {
  double m[3][3] = {{h.zz, h.zy, h.zx}, {h.zy, h.yy, h.yx}, {h.zx, h.yx, h.xx}};
  constexpr int num_sweeps = 12;
  constexpr std::array<std::array<int, 2>, 3> pairs{{{0, 1}, {0, 2}, {1, 2}}};
  for (int sweep = 0; sweep < num_sweeps; ++sweep) {
    for (const auto& [p, q] : pairs) {
      const double angle = 0.5 * std::atan2(2 * m[p][q], m[q][q] - m[p][p]);
      const double c = std::cos(angle);
      const double s = std::sin(angle);
      for (auto& row : m) {
        const double row_p = row[p];
        row[p] = c * row_p - s * row[q];
        row[q] = s * row_p + c * row[q];
      }
      for (int k = 0; k < 3; ++k) {
        const double column_p = m[p][k];
        m[p][k] = c * column_p - s * m[q][k];
        m[q][k] = s * column_p + c * m[q][k];
      }
    }
  }
  std::array<double, 3> eigenvalues{m[0][0], m[1][1], m[2][2]};
  std::sort(eigenvalues.rbegin(), eigenvalues.rend());
  return eigenvalues;
}

// The definition of tube_of_hessian().
inline double tube_by_definition(const Hessian& h) {
  const auto [highest, middle, lowest] = jacobi_eigenvalues(h);
  return middle < 0 && highest + middle + lowest < 0 ? std::sqrt(middle * lowest) : 0;
}

}  // namespace bramble
