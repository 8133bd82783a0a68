#pragma once

#include <string>
#include <vector>

namespace bramble {

// One session on the x axis. Sessions keep their distances in days when that leaves room for every
// label; else, or when a day is NaN, they are evenly spaced and the axis says so.
struct ChartTick {
  double day = 0;
  std::string label;
};

struct ChartPoint {
  std::size_t tick = 0;
  double value = 0;
};

// One animal: small points joined by a thin line.
struct ChartLine {
  std::string name;
  std::vector<ChartPoint> points;
};

// One group mean with its interval; no interval where an end is NaN.
struct ChartMean {
  std::size_t tick = 0;
  double mean = 0;
  double low = 0;
  double high = 0;
};

struct ChartSeries {
  std::string name;
  std::vector<ChartLine> animals;
  std::vector<ChartMean> means;
};

struct Chart {
  std::string title;
  std::string value_label;
  bool starts_at_zero = false;
  std::vector<ChartTick> ticks;
  std::vector<ChartSeries> series;
};

// The chart as an SVG element: per series the animals and, larger, the means with their intervals;
// a dashed line at day 0. An interval that would squeeze the points together is cut at the border
// of the chart, with an arrow.
std::string svg_chart(const Chart& chart);

// The colour of the i-th series: distinct also for colour-blind readers (Okabe and Ito).
std::string series_color(std::size_t series);

}  // namespace bramble
