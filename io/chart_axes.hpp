#pragma once

#include "io/svg_chart.hpp"

#include <string>
#include <vector>

namespace bramble {

// Where a chart's frame lies in its picture.
struct ChartFrame {
  static constexpr double width_px = 520;
  static constexpr double height_px = 320;
  static constexpr double left_px = 62;
  static constexpr double right_px = width_px - 14;
  static constexpr double top_px = 46;
  static constexpr double bottom_px = height_px - 46;
};

// From values to heights, with grid lines at round numbers.
class ValueAxis {
 public:
  explicit ValueAxis(const Chart& chart);

  double y_px(double value) const;
  std::string svg(const std::string& label) const;

 private:
  double low_;
  double high_;
  double step_;
};

// From sessions to places along the chart. The chart outlives the axis and has at least one
// session.
class SessionAxis {
 public:
  explicit SessionAxis(const Chart& chart);

  double x_px(std::size_t tick) const { return x_px_.at(tick); }
  std::string svg() const;

 private:
  void place_by_day();
  void place_evenly();
  // Between the last session before the treatment and the first one after it.
  std::string treatment_line() const;

  const std::vector<ChartTick>& ticks_;
  std::vector<double> x_px_;
  bool evenly_spaced_ = false;
};

}  // namespace bramble
