#include "io/projection_canvas.hpp"

#include "kernels/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace bramble {
namespace {

constexpr Color scale_bar_color{1, 1, 1};

// A picture on a screen is at least this wide; small stacks are enlarged by a whole number.
int enlargement(int width) {
  constexpr int smallest_width_px = 1000;
  return std::max(1, (smallest_width_px + width - 1) / width);
}

struct Limits {
  float black = 0;
  float white = 1;
};

// A few hot pixels or a bright soma must not make the rest dark.
Limits robust_limits(VolumeView<const float> projection) {
  std::vector<float> sorted(projection.data, projection.data + projection.extent.num_voxels());
  const auto percentile = [&](double percent) {
    const auto rank = std::lround(percent / 100 * static_cast<double>(sorted.size() - 1));
    const auto nth = sorted.begin() + rank;
    std::nth_element(sorted.begin(), nth, sorted.end());
    return *nth;
  };
  const float black = percentile(1);
  const float white = percentile(99.7);
  return {black, white > black ? white : black + 1};
}

float interpolate(VolumeView<const float> plane, double y, double x) {
  const auto clamped = [](int i, int size) { return std::clamp(i, 0, size - 1); };
  const auto corner = [&](int j, int i) {
    return plane(0, clamped(j, plane.extent.y), clamped(i, plane.extent.x));
  };
  const int j = static_cast<int>(std::floor(y));
  const int i = static_cast<int>(std::floor(x));
  const auto dy = static_cast<float>(y - j);
  const auto dx = static_cast<float>(x - i);
  const float above = corner(j, i) * (1 - dx) + corner(j, i + 1) * dx;
  const float below = corner(j + 1, i) * (1 - dx) + corner(j + 1, i + 1) * dx;
  return above * (1 - dy) + below * dy;
}

VolumeView<const float> checked(VolumeView<const float> projection) {
  require(projection.extent.num_voxels() > 0 && projection.extent.z == 1,
          "the stack result holds no projection to draw on; analyse the stack again");
  return projection;
}

}  // namespace

ProjectionCanvas::ProjectionCanvas(VolumeView<const float> projection)
    : spacing_(checked(projection).spacing),
      factor_(enlargement(projection.extent.x)),
      canvas_(projection.extent.y * factor_, projection.extent.x * factor_) {
  const Limits limits = robust_limits(projection);
  constexpr float gamma = 0.6f;
  for (int y = 0; y < canvas_.height(); ++y) {
    for (int x = 0; x < canvas_.width(); ++x) {
      const float counts = interpolate(projection, voxel_of(y), voxel_of(x));
      const float level =
          std::clamp((counts - limits.black) / (limits.white - limits.black), 0.0f, 1.0f);
      const float grey = std::pow(level, gamma);
      canvas_.pixel(y, x) = {grey, grey, grey};
    }
  }
}

void ProjectionCanvas::draw_scale_bar() {
  constexpr double length_um = 10;
  const double length_px = pixels(length_um);
  const double margin_px = 0.03 * canvas_.width();
  const double y_px = canvas_.height() - 1 - margin_px;
  const double end_px = canvas_.width() - 1 - margin_px;
  canvas_.draw_polyline({{y_px, end_px - length_px}, {y_px, end_px}},
                        {.color = scale_bar_color, .width_px = 8, .opacity = 1});
}

PicturePoint ProjectionCanvas::point_of(Position p) const {
  const double half_voxel = 0.5 * factor_ - 0.5;
  return {p.y_um / spacing_.y_um * factor_ + half_voxel,
          p.x_um / spacing_.x_um * factor_ + half_voxel};
}

}  // namespace bramble
