#pragma once

#include "kernels/core/host_device.hpp"

#include <cmath>
#include <cstdint>

// Index order is z, y, x everywhere, x fastest. Voxel (z, y, x) has its centre at index x spacing,
// in um.
namespace bramble {

// One voxel by its indices.
struct Voxel {
  int z = 0;
  int y = 0;
  int x = 0;

  friend BRAMBLE_HD constexpr bool operator==(const Voxel&, const Voxel&) = default;
};

// The size of a volume in voxels.
struct Extent {
  int z = 0;
  int y = 0;
  int x = 0;

  BRAMBLE_HD constexpr std::int64_t num_voxels() const noexcept {
    return static_cast<std::int64_t>(z) * y * x;
  }
  BRAMBLE_HD constexpr std::int64_t num_rows() const noexcept {
    return static_cast<std::int64_t>(z) * y;
  }
  BRAMBLE_HD constexpr bool contains(Voxel v) const noexcept {
    return v.z >= 0 && v.z < z && v.y >= 0 && v.y < y && v.x >= 0 && v.x < x;
  }
  BRAMBLE_HD constexpr std::int64_t index(Voxel v) const noexcept {
    return (static_cast<std::int64_t>(v.z) * y + v.y) * x + v.x;
  }
  BRAMBLE_HD constexpr Voxel voxel(std::int64_t index) const noexcept {
    const std::int64_t row = index / x;
    return {static_cast<int>(row / y), static_cast<int>(row % y), static_cast<int>(index % x)};
  }
  friend BRAMBLE_HD constexpr bool operator==(const Extent&, const Extent&) = default;
};

// The distance between neighbouring voxel centres.
struct Spacing {
  float z_um = 0;
  float y_um = 0;
  float x_um = 0;

  friend BRAMBLE_HD constexpr bool operator==(const Spacing&, const Spacing&) = default;
};

// A point, or a difference of points, in um in the frame of the stored stack.
struct Position {
  double z_um = 0;
  double y_um = 0;
  double x_um = 0;

  friend BRAMBLE_HD constexpr Position operator+(Position a, Position b) noexcept {
    return {a.z_um + b.z_um, a.y_um + b.y_um, a.x_um + b.x_um};
  }
  friend BRAMBLE_HD constexpr Position operator-(Position a, Position b) noexcept {
    return {a.z_um - b.z_um, a.y_um - b.y_um, a.x_um - b.x_um};
  }
  friend BRAMBLE_HD constexpr Position operator*(Position a, double factor) noexcept {
    return {a.z_um * factor, a.y_um * factor, a.x_um * factor};
  }
  friend BRAMBLE_HD constexpr bool operator==(const Position&, const Position&) = default;
};

BRAMBLE_HD constexpr double dot(Position a, Position b) noexcept {
  return a.z_um * b.z_um + a.y_um * b.y_um + a.x_um * b.x_um;
}

BRAMBLE_HD inline double length_um(Position a) noexcept { return sqrt(dot(a, a)); }

BRAMBLE_HD inline double distance_um(Position a, Position b) noexcept { return length_um(a - b); }

BRAMBLE_HD inline double distance_in_plane_um(Position a, Position b) noexcept {
  return length_um({0, a.y_um - b.y_um, a.x_um - b.x_um});
}

BRAMBLE_HD constexpr Position position_of(Voxel v, Spacing spacing) noexcept {
  return {static_cast<double>(v.z) * spacing.z_um, static_cast<double>(v.y) * spacing.y_um,
          static_cast<double>(v.x) * spacing.x_um};
}

// The voxel whose centre is nearest; halves round away from zero.
inline Voxel nearest_voxel(Position p, Spacing spacing) noexcept {
  return {static_cast<int>(std::lround(p.z_um / spacing.z_um)),
          static_cast<int>(std::lround(p.y_um / spacing.y_um)),
          static_cast<int>(std::lround(p.x_um / spacing.x_um))};
}

}  // namespace bramble
