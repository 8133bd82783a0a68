#include "io/svg_chart.hpp"

#include "io/chart_axes.hpp"
#include "io/html.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace bramble {
namespace {

// Draws one series beside the others of the same session.
class SeriesDrawing {
 public:
  SeriesDrawing(const Chart& chart, std::size_t series, const SessionAxis& sessions,
                const ValueAxis& values)
      : chart_(chart), sessions_(sessions), values_(values), color_(series_color(series)) {
    constexpr double between_series_px = 9;
    offset_px_ =
        (static_cast<double>(series) - (static_cast<double>(chart.series.size()) - 1) / 2) *
        between_series_px;
  }

  std::string animal(const ChartLine& line) const {
    std::string path;
    std::string dots;
    for (const ChartPoint& point : line.points) {
      const double x = x_px(point.tick);
      const double y = values_.y_px(point.value);
      path += fmt::format("{}{:.1f},{:.1f}", path.empty() ? "" : " ", x, y);
      dots += fmt::format(
          "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"2.6\"><title>{}, day {}: {:.3g}"
          "</title></circle>",
          x, y, escape_html(line.name), label(point.tick), point.value);
    }
    return fmt::format(
        "<g class=\"animal\" style=\"stroke:{0};fill:{0}\"><polyline points=\"{1}\"/>{2}</g>\n",
        color_, path, dots);
  }

  std::string means(const ChartSeries& series) const {
    std::string path;
    std::string marks;
    for (const ChartMean& mean : series.means) {
      const double x = x_px(mean.tick);
      const double y = values_.y_px(mean.mean);
      path += fmt::format("{}{:.1f},{:.1f}", path.empty() ? "" : " ", x, y);
      marks += whisker(mean, x);
      marks += fmt::format(
          "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"5\"><title>{}, day {}: mean "
          "{:.3g} ({:.3g} to {:.3g})</title></circle>",
          x, y, escape_html(series.name), label(mean.tick), mean.mean, mean.low, mean.high);
    }
    return fmt::format(
        "<g class=\"mean\" style=\"stroke:{0};fill:{0}\"><polyline points=\"{1}\"/>{2}</g>\n",
        color_, path, marks);
  }

 private:
  double x_px(std::size_t tick) const { return sessions_.x_px(tick) + offset_px_; }
  std::string label(std::size_t tick) const { return escape_html(chart_.ticks.at(tick).label); }

  std::string whisker(const ChartMean& mean, double x) const {
    if (!std::isfinite(mean.low) || !std::isfinite(mean.high)) {
      return "";
    }
    const double high_y = std::max(values_.y_px(mean.high), ChartFrame::top_px);
    const double low_y = std::min(values_.y_px(mean.low), ChartFrame::bottom_px);
    return fmt::format("<line x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{0:.1f}\" y2=\"{2:.1f}\"/>", x,
                       high_y, low_y) +
           whisker_end(x, high_y, high_y > values_.y_px(mean.high) ? -1 : 0) +
           whisker_end(x, low_y, low_y < values_.y_px(mean.low) ? 1 : 0);
  }

  // A cap, or an arrow head where the interval goes on beyond the border.
  static std::string whisker_end(double x, double y, int beyond) {
    constexpr double cap_px = 4;
    return fmt::format("<polyline points=\"{:.1f},{:.1f} {:.1f},{:.1f} {:.1f},{:.1f}\"/>",
                       x - cap_px, y - beyond * 5, x, y, x + cap_px, y - beyond * 5);
  }

  const Chart& chart_;
  const SessionAxis& sessions_;
  const ValueAxis& values_;
  std::string color_;
  double offset_px_;
};

}  // namespace

std::string series_color(std::size_t series) {
  constexpr std::array colors{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00"};
  return colors[series % colors.size()];
}

std::string svg_chart(const Chart& chart) {
  if (chart.ticks.empty()) {
    return "";
  }
  const SessionAxis sessions(chart);
  const ValueAxis values(chart);
  std::string svg = fmt::format(
      "<svg class=\"chart\" viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"{}\">\n"
      "<text class=\"title\" x=\"{:.0f}\" y=\"20\">{}</text>\n",
      ChartFrame::width_px, ChartFrame::height_px, escape_html(chart.title), ChartFrame::left_px,
      escape_html(chart.title));
  svg += values.svg(chart.value_label) + sessions.svg();
  std::string means;
  for (std::size_t i = 0; i < chart.series.size(); ++i) {
    const SeriesDrawing drawing(chart, i, sessions, values);
    for (const ChartLine& animal : chart.series[i].animals) {
      svg += drawing.animal(animal);
    }
    means += drawing.means(chart.series[i]);
  }
  return svg + means + "</svg>\n";
}

}  // namespace bramble
