#include "io/chart_axes.hpp"

#include "io/html.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace bramble {
namespace {

using Frame = ChartFrame;
constexpr double inset_px = 26;  // from the frame to the first and last session
constexpr double inner_width_px = Frame::right_px - Frame::left_px - 2 * inset_px;

struct Range {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  void include(double value) {
    if (std::isfinite(value)) {
      low = std::min(low, value);
      high = std::max(high, value);
    }
  }
};

// All points and means fit; an interval may widen the range by as much again on either side.
Range value_range(const Chart& chart) {
  Range points;
  Range intervals;
  for (const ChartSeries& series : chart.series) {
    for (const ChartLine& animal : series.animals) {
      for (const ChartPoint& point : animal.points) {
        points.include(point.value);
      }
    }
    for (const ChartMean& mean : series.means) {
      points.include(mean.mean);
      intervals.include(mean.low);
      intervals.include(mean.high);
    }
  }
  if (points.low > points.high) {
    return {0, 1};
  }
  constexpr double smallest_span_frac = 0.1;
  const double span =
      std::max({points.high - points.low, smallest_span_frac * std::abs(points.high), 1e-6});
  Range range{std::min(points.low - 0.15 * span, std::max(intervals.low, points.low - span)),
              std::max(points.high + 0.15 * span, std::min(intervals.high, points.high + span))};
  if (chart.starts_at_zero || (range.low < 0 && points.low >= 0)) {
    range.low = std::min(0.0, points.low);
  }
  return range;
}

// 1, 2 or 5 times a power of ten, so that about five lines fit.
double grid_step(const Range& range) {
  const double rough = (range.high - range.low) / 5;
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= rough) {
      return factor * power;
    }
  }
  return 10 * power;
}

}  // namespace

ValueAxis::ValueAxis(const Chart& chart) {
  const Range range = value_range(chart);
  low_ = range.low;
  high_ = range.high;
  step_ = grid_step(range);
}

double ValueAxis::y_px(double value) const {
  return Frame::bottom_px - (value - low_) / (high_ - low_) * (Frame::bottom_px - Frame::top_px);
}

std::string ValueAxis::svg(const std::string& label) const {
  std::string svg;
  constexpr double rounding = 1e-9;
  const int digits = std::max(0, static_cast<int>(-std::floor(std::log10(step_) + rounding)));
  for (double k = std::ceil(low_ / step_); k * step_ <= high_; ++k) {
    const double y = y_px(k * step_);
    svg += fmt::format(
        "<line class=\"grid\" x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\"/>"
        "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{:.{}f}</text>\n",
        Frame::left_px, y, Frame::right_px, y, Frame::left_px - 8, y + 4, k * step_ + 0.0, digits);
  }
  const double middle = (Frame::top_px + Frame::bottom_px) / 2;
  return svg + fmt::format(
                   "<text x=\"15\" y=\"{:.1f}\" transform=\"rotate(-90 15 {:.1f})\" "
                   "text-anchor=\"middle\">{}</text>\n",
                   middle, middle, escape_html(label));
}

SessionAxis::SessionAxis(const Chart& chart) : ticks_(chart.ticks) {
  place_by_day();
  constexpr double smallest_gap_px = 24;
  for (std::size_t i = 1; i < x_px_.size(); ++i) {
    // Written so that NaN counts as too near.
    if (!(x_px_[i] - x_px_[i - 1] >= smallest_gap_px)) {
      place_evenly();
      return;
    }
  }
}

std::string SessionAxis::svg() const {
  std::string svg;
  for (std::size_t i = 0; i < ticks_.size(); ++i) {
    svg += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>\n",
                       x_px_[i], Frame::bottom_px + 18, escape_html(ticks_[i].label));
  }
  return svg + treatment_line() +
         fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>\n",
                     (Frame::left_px + Frame::right_px) / 2, Frame::height_px - 8,
                     evenly_spaced_ ? "days from treatment (not to scale)" : "days from treatment");
}

void SessionAxis::place_by_day() {
  const double first = ticks_.front().day;
  const double span = ticks_.back().day - first;
  for (const ChartTick& tick : ticks_) {
    const double share = ticks_.size() == 1 ? 0.5 : (tick.day - first) / span;
    x_px_.push_back(Frame::left_px + inset_px + share * inner_width_px);
  }
}

void SessionAxis::place_evenly() {
  evenly_spaced_ = true;
  const double step = inner_width_px / static_cast<double>(ticks_.size() - 1);
  for (std::size_t i = 0; i < ticks_.size(); ++i) {
    x_px_[i] = Frame::left_px + inset_px + static_cast<double>(i) * step;
  }
}

std::string SessionAxis::treatment_line() const {
  for (std::size_t i = 1; i < ticks_.size(); ++i) {
    const double before = ticks_[i - 1].day;
    const double after = ticks_[i].day;
    if (before < 0 && after > 0) {
      const double x = x_px_[i - 1] + (x_px_[i] - x_px_[i - 1]) * before / (before - after);
      return fmt::format(
          "<line class=\"treatment\" x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{0:.1f}\" y2=\"{2:.1f}\"/>"
          "<text x=\"{0:.1f}\" y=\"{3:.1f}\" text-anchor=\"middle\">treatment</text>\n",
          x, Frame::top_px, Frame::bottom_px, Frame::top_px - 4);
    }
  }
  return "";
}

}  // namespace bramble
