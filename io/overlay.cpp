#include "io/overlay.hpp"

#include "io/atomic_file.hpp"
#include "io/canvas.hpp"
#include "kernels/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace bramble {
namespace {

constexpr Color shaft_color{0.0f, 0.75f, 1.0f};
constexpr Color unreported_color{0.85f, 0.85f, 0.85f};
constexpr Color scale_bar_color{1, 1, 1};

// Told apart by hue and by brightness.
Color color_of(SpineClass spine_class) {
  switch (spine_class) {
    case SpineClass::thin:
      return {1.0f, 0.92f, 0.20f};
    case SpineClass::stubby:
      return {1.0f, 0.55f, 0.10f};
    case SpineClass::mushroom:
      return {1.0f, 0.30f, 0.90f};
    case SpineClass::filopodium:
      break;
  }
  return {0.35f, 1.0f, 0.40f};
}

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

// The projection on a canvas, and where positions lie on it.
class Overlay {
 public:
  explicit Overlay(VolumeView<const float> projection)
      : spacing_(projection.spacing),
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

  void draw(const Dendrite& dendrite) {
    std::vector<PicturePoint> points;
    for (const Position& node : dendrite.nodes) {
      points.push_back(point_of(node));
    }
    canvas_.draw_polyline(points, {.color = shaft_color, .width_px = 1.6, .opacity = 0.6f});
  }

  void draw(const Spine& spine, float report_probability) {
    const PicturePoint head = point_of(spine.head);
    if (!(spine.p_detect >= report_probability)) {
      canvas_.draw_dot(head, 2.5, unreported_color, 0.7f);
      return;
    }
    const Stroke stroke{.color = color_of(spine.spine_class), .width_px = 1.8, .opacity = 0.9f};
    constexpr double smallest_radius_px = 3;
    const double radius_px =
        std::max(smallest_radius_px, pixels(spine.head_diameter_um / 2, spacing_.x_um));
    canvas_.draw_polyline({point_of(spine.base), towards(point_of(spine.base), head, radius_px)},
                          stroke);
    canvas_.draw_circle(head, radius_px, stroke);
  }

  void draw_scale_bar() {
    constexpr double length_um = 10;
    const double length_px = pixels(length_um, spacing_.x_um);
    const double margin_px = 0.03 * canvas_.width();
    const double y_px = canvas_.height() - 1 - margin_px;
    const double end_px = canvas_.width() - 1 - margin_px;
    canvas_.draw_polyline({{y_px, end_px - length_px}, {y_px, end_px}},
                          {.color = scale_bar_color, .width_px = 8, .opacity = 1});
  }

  const Canvas& canvas() const noexcept { return canvas_; }

 private:
  // A voxel covers factor x factor pixels around its centre.
  double voxel_of(int pixel) const { return (pixel + 0.5) / factor_ - 0.5; }
  double pixels(double length_um, float spacing_um) const {
    return length_um / spacing_um * factor_;
  }
  PicturePoint point_of(Position p) const {
    const double half_voxel = 0.5 * factor_ - 0.5;
    return {pixels(p.y_um, spacing_.y_um) + half_voxel, pixels(p.x_um, spacing_.x_um) + half_voxel};
  }
  // The line to a head ends at its circle, so that the head itself stays visible.
  static PicturePoint towards(PicturePoint base, PicturePoint head, double radius_px) {
    const double distance_px = std::hypot(head.y_px - base.y_px, head.x_px - base.x_px);
    const double share = distance_px > radius_px ? 1 - radius_px / distance_px : 0;
    return {base.y_px + share * (head.y_px - base.y_px),
            base.x_px + share * (head.x_px - base.x_px)};
  }

  Spacing spacing_;
  int factor_;
  Canvas canvas_;
};

}  // namespace

void write_overlay(const std::string& path, const StackResult& result, float report_probability) {
  require(result.projection.extent().num_voxels() > 0 && result.projection.extent().z == 1,
          "the stack result holds no projection to draw on; analyse the stack again");
  Overlay overlay(result.projection.view());
  for (const Dendrite& dendrite : result.dendrites) {
    overlay.draw(dendrite);
  }
  for (const Spine& spine : result.spines) {
    overlay.draw(spine, report_probability);
  }
  overlay.draw_scale_bar();
  write_atomically(path, [&](const std::string& temporary_path) {
    write_png(temporary_path, overlay.canvas());
  });
}

}  // namespace bramble
