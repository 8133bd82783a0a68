#include "io/overlay.hpp"

#include "io/atomic_file.hpp"
#include "io/projection_canvas.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace bramble {
namespace {

constexpr Color shaft_color{0.0f, 0.75f, 1.0f};
constexpr Color unreported_color{0.85f, 0.85f, 0.85f};

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

// Draws on a projection.
class Overlay {
 public:
  explicit Overlay(VolumeView<const float> projection) : picture_(projection) {}

  void draw(const Dendrite& dendrite) {
    std::vector<PicturePoint> points;
    for (const Position& node : dendrite.nodes) {
      points.push_back(picture_.point_of(node));
    }
    canvas().draw_polyline(points, {.color = shaft_color, .width_px = 1.6, .opacity = 0.6f});
  }

  void draw(const Spine& spine, float report_probability) {
    const PicturePoint head = picture_.point_of(spine.head);
    if (!(spine.p_detect >= report_probability)) {
      canvas().draw_dot(head, 2.5, unreported_color, 0.7f);
      return;
    }
    const Stroke stroke{.color = color_of(spine.spine_class), .width_px = 1.8, .opacity = 0.9f};
    constexpr double smallest_radius_px = 3;
    const double radius_px =
        std::max(smallest_radius_px, picture_.pixels(double{spine.head_diameter_um} / 2));
    const PicturePoint base = picture_.point_of(spine.base);
    canvas().draw_polyline({base, towards(base, head, radius_px)}, stroke);
    canvas().draw_circle(head, radius_px, stroke);
  }

  void draw_scale_bar() { picture_.draw_scale_bar(); }
  Canvas& canvas() noexcept { return picture_.canvas(); }

 private:
  // The line to a head ends at its circle, so that the head itself stays visible.
  static PicturePoint towards(PicturePoint base, PicturePoint head, double radius_px) {
    const double distance_px = std::hypot(head.y_px - base.y_px, head.x_px - base.x_px);
    const double share = distance_px > radius_px ? 1 - radius_px / distance_px : 0;
    return {base.y_px + share * (head.y_px - base.y_px),
            base.x_px + share * (head.x_px - base.x_px)};
  }

  ProjectionCanvas picture_;
};

}  // namespace

void write_overlay(const std::string& path, const StackResult& result, float report_probability) {
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
