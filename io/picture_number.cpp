#include "io/picture_number.hpp"

#include "kernels/core/error.hpp"

#include <array>
#include <cstddef>
#include <string>

namespace bramble {
namespace {

constexpr double half_height_px = 6;
constexpr double half_width_px = 3;
constexpr double advance_px = 11;

// A stroke from one corner of a digit to another; corners lie at -1, 0 and 1 of its half height and
// at -1 and 1 of its half width.
struct Segment {
  double y_from, x_from, y_to, x_to;
};

constexpr std::array<Segment, 7> segments{{{-1, -1, -1, 1},
                                           {-1, 1, 0, 1},
                                           {0, 1, 1, 1},
                                           {1, 1, 1, -1},
                                           {1, -1, 0, -1},
                                           {0, -1, -1, -1},
                                           {0, -1, 0, 1}}};

// Which segments a digit shows: top, upper right, lower right, bottom, lower left, upper left,
// middle.
constexpr std::array<const char*, 10> shown{"1111110", "0110000", "1101101", "1111001", "0110011",
                                            "1011011", "1011111", "1110000", "1111111", "1111011"};

}  // namespace

void draw_number(Canvas& canvas, PicturePoint at, int number, const Stroke& stroke) {
  require(number >= 0, "only numbers that are not negative can be drawn");
  for (const char digit : std::to_string(number)) {
    const char* const marks = shown[static_cast<std::size_t>(digit - '0')];
    for (std::size_t i = 0; i < segments.size(); ++i) {
      const Segment& segment = segments[i];
      if (marks[i] == '1') {
        canvas.draw_polyline(
            {{at.y_px + half_height_px * segment.y_from, at.x_px + half_width_px * segment.x_from},
             {at.y_px + half_height_px * segment.y_to, at.x_px + half_width_px * segment.x_to}},
            stroke);
      }
    }
    at.x_px += advance_px;
  }
}

}  // namespace bramble
