#include "tests/kernels/trace/curved_tubes.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace bramble {

namespace {

constexpr int num_tubes = 14;
constexpr double step_um = 0.25;

CurvedTube curved_tube(int number, std::mt19937_64& engine) {
  const auto uniform = [&](double low, double high) {
    return low + (high - low) * static_cast<double>(engine() >> 11) * 0x1p-53;
  };
  const double centre_y_um = 20 + 36 * (number / 2);
  const double centre_z_um = number % 2 == 0 ? 15.5 : 48.5;
  const double turns_y = uniform(0.03, 0.06);
  const double turns_z = uniform(0.03, 0.06);
  const double phase_y = uniform(0, 6);
  const double phase_z = uniform(0, 6);
  CurvedTube tube{.radius_um = 3 + 5 * uniform(0, 1)};
  for (double x_um = uniform(14, 40); x_um < 240; x_um += step_um) {
    tube.axis_um.push_back({centre_z_um + 4 * std::sin(turns_z * x_um + phase_z),
                            centre_y_um + 8 * std::sin(turns_y * x_um + phase_y), x_um});
  }
  return tube;
}

void paint_ball(Position centre, double radius_um, VolumeView<std::uint8_t> mask) {
  const Position corner{radius_um, radius_um, radius_um};
  const Voxel first = nearest_voxel(centre - corner, mask.spacing);
  const Voxel last = nearest_voxel(centre + corner, mask.spacing);
  for (int z = first.z; z <= last.z; ++z) {
    for (int y = first.y; y <= last.y; ++y) {
      for (int x = first.x; x <= last.x; ++x) {
        const Voxel v{z, y, x};
        if (mask.extent.contains(v) &&
            distance_um(position_of(v, mask.spacing), centre) <= radius_um) {
          mask(v) = 1;
        }
      }
    }
  }
}

}  // namespace

std::vector<CurvedTube> disjoint_curved_tubes() {
  std::mt19937_64 engine(11);
  std::vector<CurvedTube> tubes;
  for (int number = 0; number < num_tubes; ++number) {
    tubes.push_back(curved_tube(number, engine));
  }
  return tubes;
}

Mask painted(const std::vector<CurvedTube>& tubes, Spacing spacing) {
  const Voxel last = nearest_voxel(
      {tubes_extent_um.z - 1.0, tubes_extent_um.y - 1.0, tubes_extent_um.x - 1.0}, spacing);
  Mask mask(MemorySpace::host, {last.z + 1, last.y + 1, last.x + 1}, spacing);
  std::fill(mask.voxels().begin(), mask.voxels().end(), std::uint8_t{0});
  for (const CurvedTube& tube : tubes) {
    for (const Position centre : tube.axis_um) {
      paint_ball(centre, tube.radius_um, mask.view());
    }
  }
  return mask;
}

double distance_from_axes_um(const std::vector<CurvedTube>& tubes, Position p) {
  double nearest_um = std::numeric_limits<double>::infinity();
  for (const CurvedTube& tube : tubes) {
    for (const Position centre : tube.axis_um) {
      nearest_um = std::min(nearest_um, distance_um(p, centre));
    }
  }
  return nearest_um;
}

}  // namespace bramble
