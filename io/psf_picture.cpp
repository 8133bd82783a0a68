#include "io/psf_picture.hpp"

#include "io/atomic_file.hpp"
#include "io/canvas.hpp"
#include "kernels/core/error.hpp"
#include "kernels/core/interpolate.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace bramble {
namespace {

constexpr Color half_color{1.0f, 0.75f, 0.1f};
constexpr Color bar_color{1, 1, 1};
constexpr int gap_px = 12;

// A rectangle of the picture that shows a plane of the volume.
struct Panel {
  int left = 0;
  int height = 0;
  int width = 0;
  std::function<float(double down_um, double right_um)>
      value;  // from the upper left corner, 0 to 1
};

void draw(const Panel& panel, double pixels_per_um, Canvas& canvas) {
  const auto value_at = [&](int y, int x) {
    return panel.value((y + 0.5) / pixels_per_um, (x + 0.5) / pixels_per_um);
  };
  constexpr float half = 0.5f;
  for (int y = 0; y < panel.height; ++y) {
    for (int x = 0; x < panel.width; ++x) {
      const float value = value_at(y, x);
      const float grey = std::cbrt(std::clamp(value, 0.0f, 1.0f));
      const bool is_edge =
          value >= half && (value_at(y - 1, x) < half || value_at(y + 1, x) < half ||
                            value_at(y, x - 1) < half || value_at(y, x + 1) < half);
      canvas.pixel(y, panel.left + x) = is_edge ? half_color : Color{grey, grey, grey};
    }
  }
}

}  // namespace

void write_psf_picture(const std::string& path, VolumeView<const float> psf) {
  require(psf.extent.num_voxels() > 0, "a PSF without voxels has no picture");
  const auto* const top = std::max_element(psf.data, psf.data + psf.extent.num_voxels());
  require(*top > 0, "a PSF without a positive value has no picture");
  const Position peak = position_of(psf.extent.voxel(top - psf.data), psf.spacing);
  const Spacing spacing = psf.spacing;
  const double depth_um = psf.extent.z * static_cast<double>(spacing.z_um);
  const double height_um = psf.extent.y * static_cast<double>(spacing.y_um);
  const double width_um = psf.extent.x * static_cast<double>(spacing.x_um);
  constexpr double widest_px = 400;
  constexpr double highest_px = 800;
  const double pixels_per_um =
      std::min({widest_px / width_um, highest_px / height_um, highest_px / depth_um});
  const auto pixels = [&](double length_um) {
    return std::max(1, static_cast<int>(std::lround(length_um * pixels_per_um)));
  };

  // A voxel covers half a spacing on each side of its centre.
  const auto value = [&](double z_um, double y_um, double x_um) {
    return interpolate(psf, {z_um, y_um, x_um}) / *top;
  };
  const double half_x_um = spacing.x_um / 2.0;
  const Panel front{.left = 0,
                    .height = pixels(height_um),
                    .width = pixels(width_um),
                    .value = [&](double down_um, double right_um) {
                      return value(peak.z_um, down_um - spacing.y_um / 2.0, right_um - half_x_um);
                    }};
  const Panel side{.left = front.width + gap_px,
                   .height = pixels(depth_um),
                   .width = front.width,
                   .value = [&](double down_um, double right_um) {
                     return value(down_um - spacing.z_um / 2.0, peak.y_um, right_um - half_x_um);
                   }};
  constexpr int below_px = 24;  // room for the bar
  Canvas canvas(std::max(front.height, side.height) + below_px, side.left + side.width);
  draw(front, pixels_per_um, canvas);
  draw(side, pixels_per_um, canvas);
  const double bar_y_px = canvas.height() - below_px / 2.0;
  canvas.draw_polyline({{bar_y_px, 8}, {bar_y_px, 8 + pixels_per_um}},
                       {.color = bar_color, .width_px = 4, .opacity = 1});
  write_atomically(path,
                   [&](const std::string& temporary_path) { write_png(temporary_path, canvas); });
}

}  // namespace bramble
