#include "io/canvas.hpp"

#include "kernels/core/error.hpp"

#include <png.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace bramble {
namespace {

// Covered part of a pixel whose centre is `distance_px` outside the edge of a shape (negative
// inside).
float edge_coverage(double distance_px) {
  return static_cast<float>(std::clamp(0.5 - distance_px, 0.0, 1.0));
}

double distance_px(PicturePoint a, PicturePoint b) {
  return std::hypot(a.y_px - b.y_px, a.x_px - b.x_px);
}

double distance_to_segment_px(PicturePoint p, PicturePoint a, PicturePoint b) {
  const double dy = b.y_px - a.y_px;
  const double dx = b.x_px - a.x_px;
  const double squared_length = dy * dy + dx * dx;
  const double along =
      squared_length > 0
          ? std::clamp(((p.y_px - a.y_px) * dy + (p.x_px - a.x_px) * dx) / squared_length, 0.0, 1.0)
          : 0.0;
  return distance_px(p, {a.y_px + along * dy, a.x_px + along * dx});
}

float mix(float below, float above, float share) { return below + (above - below) * share; }

std::uint8_t to_byte(float value) {
  return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0f, 1.0f) * 255.0f));
}

struct Box {
  PicturePoint low;
  PicturePoint high;
};

// Empty (low above high) without points.
Box box_around(const std::vector<PicturePoint>& points, double margin_px) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  Box box{{infinity, infinity}, {-infinity, -infinity}};
  for (const PicturePoint& point : points) {
    box.low = {std::min(box.low.y_px, point.y_px - margin_px),
               std::min(box.low.x_px, point.x_px - margin_px)};
    box.high = {std::max(box.high.y_px, point.y_px + margin_px),
                std::max(box.high.x_px, point.x_px + margin_px)};
  }
  return box;
}

// The pixels from `low` up to `end` that a box touches, inside a picture of `size` pixels along one
// axis.
struct PixelRange {
  int first;
  int end;
};
PixelRange touched(double low_px, double high_px, int size) {
  if (!(low_px <= high_px)) {
    return {0, 0};
  }
  const auto inside = [size](double value) {
    return static_cast<int>(std::clamp(value, 0.0, static_cast<double>(size)));
  };
  return {inside(std::floor(low_px)), inside(std::ceil(high_px) + 1)};
}

}  // namespace

// How much of each pixel of a box a shape covers, 0 to 1.
class CoverageMask {
 public:
  CoverageMask(const Canvas& canvas, const Box& box)
      : y_(touched(box.low.y_px, box.high.y_px, canvas.height())),
        x_(touched(box.low.x_px, box.high.x_px, canvas.width())),
        coverage_(static_cast<std::size_t>(y_.end - y_.first) *
                  static_cast<std::size_t>(x_.end - x_.first)) {}

  // Adds a part of the shape: `outside_px` gives a pixel centre's distance from its edge, negative
  // inside.
  template <class Outside>
  void cover(const Box& part, Outside outside_px) {
    const PixelRange ys = touched(part.low.y_px, part.high.y_px, y_.end);
    const PixelRange xs = touched(part.low.x_px, part.high.x_px, x_.end);
    for (int y = ys.first; y < ys.end; ++y) {
      for (int x = xs.first; x < xs.end; ++x) {
        const PicturePoint center{static_cast<double>(y), static_cast<double>(x)};
        float& share = coverage_[index(y, x)];
        share = std::max(share, edge_coverage(outside_px(center)));
      }
    }
  }

  int first_y() const noexcept { return y_.first; }
  int end_y() const noexcept { return y_.end; }
  int first_x() const noexcept { return x_.first; }
  int end_x() const noexcept { return x_.end; }
  float coverage(int y, int x) const noexcept { return coverage_[index(y, x)]; }

 private:
  std::size_t index(int y, int x) const noexcept {
    return static_cast<std::size_t>(y - y_.first) * static_cast<std::size_t>(x_.end - x_.first) +
           static_cast<std::size_t>(x - x_.first);
  }

  PixelRange y_;
  PixelRange x_;
  std::vector<float> coverage_;
};

Canvas::Canvas(int height, int width) : height_(height), width_(width) {
  require(height > 0 && width > 0, "a picture needs at least one pixel");
  pixels_.resize(static_cast<std::size_t>(height) * static_cast<std::size_t>(width));
}

void Canvas::blend(const CoverageMask& mask, Color color, float opacity) {
  for (int y = mask.first_y(); y < mask.end_y(); ++y) {
    for (int x = mask.first_x(); x < mask.end_x(); ++x) {
      const float share = opacity * mask.coverage(y, x);
      Color& below = pixel(y, x);
      below = {mix(below.red, color.red, share), mix(below.green, color.green, share),
               mix(below.blue, color.blue, share)};
    }
  }
}

void Canvas::draw_polyline(const std::vector<PicturePoint>& points, const Stroke& stroke) {
  const double margin_px = stroke.width_px / 2;
  CoverageMask mask(*this, box_around(points, margin_px));
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    const PicturePoint from = points[i];
    const PicturePoint to = points[i + 1];
    mask.cover(box_around({from, to}, margin_px),
               [&](PicturePoint p) { return distance_to_segment_px(p, from, to) - margin_px; });
  }
  blend(mask, stroke.color, stroke.opacity);
}

void Canvas::draw_circle(PicturePoint center, double radius_px, const Stroke& stroke) {
  const double margin_px = radius_px + stroke.width_px / 2;
  const Box box = box_around({center}, margin_px);
  CoverageMask mask(*this, box);
  mask.cover(box, [&](PicturePoint p) {
    return std::abs(distance_px(p, center) - radius_px) - stroke.width_px / 2;
  });
  blend(mask, stroke.color, stroke.opacity);
}

void Canvas::draw_dot(PicturePoint center, double radius_px, Color color, float opacity) {
  const Box box = box_around({center}, radius_px);
  CoverageMask mask(*this, box);
  mask.cover(box, [&](PicturePoint p) { return distance_px(p, center) - radius_px; });
  blend(mask, color, opacity);
}

std::vector<std::uint8_t> Canvas::to_rgb8() const {
  std::vector<std::uint8_t> bytes;
  bytes.reserve(pixels_.size() * 3);
  for (const Color& color : pixels_) {
    bytes.insert(bytes.end(), {to_byte(color.red), to_byte(color.green), to_byte(color.blue)});
  }
  return bytes;
}

void write_png(const std::string& path, const Canvas& canvas) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(canvas.width());
  image.height = static_cast<png_uint_32>(canvas.height());
  image.format = PNG_FORMAT_RGB;
  const std::vector<std::uint8_t> bytes = canvas.to_rgb8();
  if (png_image_write_to_file(&image, path.c_str(), 0, bytes.data(), 0, nullptr) == 0) {
    throw ResourceError(path + ": the picture cannot be written (" + image.message +
                        "); check free space and permissions of the folder");
  }
}

}  // namespace bramble
