#include "io/evaluation_picture.hpp"

#include "io/atomic_file.hpp"
#include "io/projection_canvas.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <vector>

namespace bramble {
namespace {

constexpr double circle_radius_um = 0.5;

Color color_of(Outcome outcome) {
  constexpr std::array<Color, 5> colors{{{0.25f, 0.95f, 0.35f},
                                         {1.0f, 0.20f, 0.20f},
                                         {1.0f, 0.60f, 0.10f},
                                         {1.0f, 0.95f, 0.20f},
                                         {0.65f, 0.65f, 0.65f}}};
  return colors.at(static_cast<std::size_t>(outcome));
}

void write_canvas(const std::string& path, const Canvas& canvas) {
  write_atomically(path, [&](const std::string& temporary) { write_png(temporary, canvas); });
}

// A square cut out of a picture around a place, at a scale of its own. What lies beyond the
// picture's border is black.
class Tile {
 public:
  static constexpr int size_px = 160;

  Tile(const ProjectionCanvas& picture, Position middle)
      : picture_(picture),
        middle_(picture.point_of(middle)),
        scale_(2 * picture.pixels(half_um) / size_px),
        canvas_(size_px, size_px) {
    const Canvas& from = picture.canvas();
    for (int y = 0; y < size_px; ++y) {
      for (int x = 0; x < size_px; ++x) {
        const auto row = static_cast<int>(std::lround(middle_.y_px + (y - offset_px) * scale_));
        const auto column = static_cast<int>(std::lround(middle_.x_px + (x - offset_px) * scale_));
        if (row >= 0 && row < from.height() && column >= 0 && column < from.width()) {
          canvas_.pixel(y, x) = from.pixel(row, column);
        }
      }
    }
  }

  void draw(const SpineOutcome& spine) {
    const PicturePoint there = picture_.point_of(spine.head);
    canvas_.draw_circle({(there.y_px - middle_.y_px) / scale_ + offset_px,
                         (there.x_px - middle_.x_px) / scale_ + offset_px},
                        picture_.pixels(circle_radius_um) / scale_,
                        {.color = color_of(spine.outcome), .width_px = 1.6, .opacity = 0.9f});
  }

  void draw_frame(Color color) {
    constexpr double last_px = size_px - 2;
    canvas_.draw_polyline({{1, 1}, {1, last_px}, {last_px, last_px}, {last_px, 1}, {1, 1}},
                          {.color = color, .width_px = 2});
  }

  const Canvas& canvas() const noexcept { return canvas_; }

 private:
  static constexpr double half_um = 4;
  static constexpr double offset_px = 0.5 * size_px - 0.5;  // the middle of the tile

  const ProjectionCanvas& picture_;
  PicturePoint middle_;
  double scale_;  // pixels of the picture in one of the tile
  Canvas canvas_;
};

// Tiles beside each other.
class ContactSheet {
 public:
  explicit ContactSheet(int num_tiles)
      : canvas_((num_tiles + tiles_per_row - 1) / tiles_per_row * pitch_px,
                std::min(num_tiles, tiles_per_row) * pitch_px) {}

  void add(const Tile& tile) {
    const int top = next_ / tiles_per_row * pitch_px;
    const int left = next_ % tiles_per_row * pitch_px;
    ++next_;
    for (int y = 0; y < Tile::size_px; ++y) {
      for (int x = 0; x < Tile::size_px; ++x) {
        canvas_.pixel(top + y, left + x) = tile.canvas().pixel(y, x);
      }
    }
  }

  const Canvas& canvas() const noexcept { return canvas_; }

 private:
  static constexpr int tiles_per_row = 10;
  static constexpr int pitch_px = Tile::size_px + 4;

  Canvas canvas_;
  int next_ = 0;
};

bool is_mistake(const SpineOutcome& spine) {
  return spine.outcome == Outcome::missed || spine.outcome == Outcome::merged ||
         spine.outcome == Outcome::false_alarm;
}

std::vector<SpineOutcome> mistakes_of(const StackOutcomes& outcomes) {
  constexpr std::size_t most = 200;
  std::vector<SpineOutcome> mistakes;
  std::copy_if(outcomes.spines.begin(), outcomes.spines.end(), std::back_inserter(mistakes),
               is_mistake);
  std::stable_partition(mistakes.begin(), mistakes.end(), [](const SpineOutcome& spine) {
    return spine.outcome != Outcome::false_alarm;
  });
  mistakes.resize(std::min(mistakes.size(), most));
  return mistakes;
}

}  // namespace

void write_outcome_picture(const std::string& path, const StackResult& result,
                           const StackOutcomes& outcomes) {
  ProjectionCanvas picture(result.projection.view());
  for (const SpineOutcome& spine : outcomes.spines) {
    picture.canvas().draw_circle(
        picture.point_of(spine.head), picture.pixels(circle_radius_um),
        {.color = color_of(spine.outcome), .width_px = 2, .opacity = 0.9f});
  }
  picture.draw_scale_bar();
  write_canvas(path, picture.canvas());
}

bool write_mistake_sheet(const std::string& path, const StackResult& result,
                         const StackOutcomes& outcomes) {
  const std::vector<SpineOutcome> mistakes = mistakes_of(outcomes);
  if (mistakes.empty()) {
    return false;
  }
  const ProjectionCanvas picture(result.projection.view());
  ContactSheet sheet(static_cast<int>(mistakes.size()));
  for (const SpineOutcome& mistake : mistakes) {
    Tile tile(picture, mistake.head);
    for (const SpineOutcome& spine : outcomes.spines) {
      tile.draw(spine);
    }
    tile.draw_frame(color_of(mistake.outcome));
    sheet.add(tile);
  }
  write_canvas(path, sheet.canvas());
  return true;
}

}  // namespace bramble
