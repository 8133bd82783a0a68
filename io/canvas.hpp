#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace bramble {

struct Color {
  float red = 0;  // 0 to 1
  float green = 0;
  float blue = 0;
};

// A point of a picture in pixels; pixel (y, x) has its centre at (y, x).
struct PicturePoint {
  double y_px = 0;
  double x_px = 0;
};

// How a line is drawn: its width, and how much of it covers what lies below.
struct Stroke {
  Color color;
  double width_px = 2;
  float opacity = 1;
};

class CoverageMask;

// A small raster of colours with antialiased shapes. Shapes may reach beyond its border; one with a
// NaN is not drawn.
class Canvas {
 public:
  Canvas(int height, int width);

  int height() const noexcept { return height_; }
  int width() const noexcept { return width_; }
  Color& pixel(int y, int x) { return pixels_[index(y, x)]; }
  const Color& pixel(int y, int x) const { return pixels_[index(y, x)]; }

  // The points joined in order, as one stroke: where its parts overlap it is not more opaque.
  void draw_polyline(const std::vector<PicturePoint>& points, const Stroke& stroke);
  void draw_circle(PicturePoint center, double radius_px, const Stroke& stroke);
  void draw_dot(PicturePoint center, double radius_px, Color color, float opacity);

  // Rows from above, red, green, blue.
  std::vector<std::uint8_t> to_rgb8() const;

 private:
  std::size_t index(int y, int x) const noexcept {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) +
           static_cast<std::size_t>(x);
  }
  void blend(const CoverageMask& mask, Color color, float opacity);

  int height_;
  int width_;
  std::vector<Color> pixels_;
};

// 24-bit PNG. Throws ResourceError when it cannot be written.
void write_png(const std::string& path, const Canvas& canvas);

}  // namespace bramble
