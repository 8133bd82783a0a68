#include "io/overlay.hpp"

#include "io/atomic_file.hpp"
#include "io/picture_number.hpp"
#include "io/projection_canvas.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

namespace bramble {
namespace {

constexpr std::array<Color, 6> shaft_colors{{{0.0f, 0.75f, 1.0f},
                                             {0.45f, 0.55f, 1.0f},
                                             {0.0f, 0.85f, 0.65f},
                                             {0.70f, 0.50f, 1.0f},
                                             {0.45f, 0.80f, 0.85f},
                                             {0.20f, 0.60f, 0.75f}}};
constexpr Color node_color{1.0f, 1.0f, 1.0f};
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

Color color_of(const Dendrite& dendrite) {
  return shaft_colors[static_cast<std::size_t>(dendrite.id) % shaft_colors.size()];
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
    const Color color = color_of(dendrite);
    canvas().draw_polyline(points, {.color = color, .width_px = 2.0, .opacity = 0.8f});
  }

  // Beside the middle, so that the shaft itself stays visible.
  void draw_id(const Dendrite& dendrite) {
    constexpr double beside_px = 16;
    const PicturePoint middle = picture_.point_of(dendrite.nodes[dendrite.nodes.size() / 2]);
    draw_number(canvas(), {middle.y_px - beside_px, middle.x_px + beside_px}, dendrite.id,
                {.color = color_of(dendrite), .width_px = 2.2, .opacity = 1});
  }

  // Ends as rings, places where dendrites meet as dots.
  void draw(const ShaftGraphNode& node) {
    constexpr double radius_px = 4;
    const PicturePoint at = picture_.point_of(node.position);
    if (node.degree == 1) {
      canvas().draw_circle(at, radius_px, {.color = node_color, .width_px = 1.2, .opacity = 0.8f});
    } else {
      canvas().draw_dot(at, radius_px, node_color, 0.8f);
    }
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
  for (const ShaftGraphNode& node : result.shaft_graph.nodes) {
    overlay.draw(node);
  }
  for (const Dendrite& dendrite : result.dendrites) {
    overlay.draw_id(dendrite);
  }
  overlay.draw_scale_bar();
  write_atomically(path, [&](const std::string& temporary_path) {
    write_png(temporary_path, overlay.canvas());
  });
}

}  // namespace bramble
