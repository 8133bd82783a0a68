#include "bench/tube_volume.hpp"

#include <algorithm>
#include <cmath>
#include <random>

namespace bramble {

namespace {

constexpr double foreground_frac = 0.03;
constexpr double smallest_radius_vox = 3;
constexpr double largest_radius_vox = 8;
constexpr double turn_per_voxel = 0.06;

// A point or a direction, in voxels.
struct Place {
  double z;
  double y;
  double x;
};

class TubePainter {
 public:
  explicit TubePainter(VolumeView<std::uint8_t> mask) : mask_(mask) {}

  void paint_tube() {
    const Extent extent = mask_.extent;
    Place centre{uniform(0, extent.z), uniform(0, extent.y), uniform(0, extent.x)};
    Place heading = normalised({uniform(-0.3, 0.3), uniform(-1, 1), uniform(-1, 1)});
    double radius_vox = uniform(smallest_radius_vox, largest_radius_vox);
    const int length_vox = (extent.y + extent.x) / 2;
    for (int step = 0; step < length_vox; ++step) {
      paint_ball(centre, radius_vox);
      heading = normalised({heading.z + uniform(-turn_per_voxel, turn_per_voxel),
                            heading.y + uniform(-turn_per_voxel, turn_per_voxel),
                            heading.x + uniform(-turn_per_voxel, turn_per_voxel)});
      centre = {centre.z + heading.z, centre.y + heading.y, centre.x + heading.x};
      radius_vox =
          std::clamp(radius_vox + uniform(-0.1, 0.1), smallest_radius_vox, largest_radius_vox);
    }
  }

  std::int64_t num_foreground() const { return num_foreground_; }

 private:
  // Not std::uniform_real_distribution, whose numbers may differ between standard libraries.
  double uniform(double low, double high) {
    return low + (high - low) * static_cast<double>(engine_() >> 11) * 0x1p-53;
  }

  static Place normalised(Place p) {
    const double length = std::sqrt(p.z * p.z + p.y * p.y + p.x * p.x);
    return {p.z / length, p.y / length, p.x / length};
  }

  void paint_ball(Place centre, double radius_vox) {
    const auto first = [&](double c) { return static_cast<int>(std::floor(c - radius_vox)); };
    const auto last = [&](double c) { return static_cast<int>(std::ceil(c + radius_vox)); };
    for (int z = first(centre.z); z <= last(centre.z); ++z) {
      for (int y = first(centre.y); y <= last(centre.y); ++y) {
        for (int x = first(centre.x); x <= last(centre.x); ++x) {
          const Place d{z - centre.z, y - centre.y, x - centre.x};
          if (mask_.extent.contains({z, y, x}) &&
              d.z * d.z + d.y * d.y + d.x * d.x <= radius_vox * radius_vox) {
            num_foreground_ += 1 - mask_(z, y, x);
            mask_(z, y, x) = 1;
          }
        }
      }
    }
  }

  VolumeView<std::uint8_t> mask_;
  std::mt19937_64 engine_{7};
  std::int64_t num_foreground_ = 0;
};

}  // namespace

Volume<std::uint8_t> make_tube_volume(Extent extent, Spacing spacing) {
  Volume<std::uint8_t> mask(MemorySpace::host, extent, spacing);
  std::fill(mask.voxels().begin(), mask.voxels().end(), std::uint8_t{0});
  TubePainter painter(mask.view());
  while (static_cast<double>(painter.num_foreground()) <
         foreground_frac * static_cast<double>(extent.num_voxels())) {
    painter.paint_tube();
  }
  return mask;
}

}  // namespace bramble
