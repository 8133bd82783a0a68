#include "pipeline/field/traced_shaft.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace bramble {

namespace {

// Gaps this short between the pieces of a dendrite hide no spine.
constexpr double joined_gap_um = 1.0;

std::vector<PathWindow> joined(std::vector<PathWindow> windows) {
  std::sort(windows.begin(), windows.end(), [](const PathWindow& a, const PathWindow& b) {
    return std::tie(a.low_um, a.high_um) < std::tie(b.low_um, b.high_um);
  });
  std::vector<PathWindow> result;
  for (const PathWindow& window : windows) {
    if (!result.empty() && window.low_um <= result.back().high_um + joined_gap_um) {
      result.back().high_um = std::max(result.back().high_um, window.high_um);
    } else {
      result.push_back(window);
    }
  }
  return result;
}

std::vector<PathWindow> common_windows(const std::vector<PathWindow>& a,
                                       const std::vector<PathWindow>& b) {
  std::vector<PathWindow> common;
  for (const PathWindow& one : a) {
    for (const PathWindow& other : b) {
      const PathWindow both{std::max(one.low_um, other.low_um),
                            std::min(one.high_um, other.high_um)};
      if (both.low_um < both.high_um) {
        common.push_back(both);
      }
    }
  }
  return common;
}

}  // namespace

TracedShaft trace_shaft(const AlignedField& field, int shaft, int session,
                        const PathShift& path_shift) {
  const Centreline& line = field.shafts.lines[static_cast<std::size_t>(shaft)];
  TracedShaft traced;
  for (const ShaftStretch& stretch : field.shafts.stretches) {
    if (stretch.shaft != shaft || stretch.session != session) {
      continue;
    }
    const Centreline& own =
        field.lines[static_cast<std::size_t>(session)][static_cast<std::size_t>(stretch.dendrite)];
    const std::size_t first_of_stretch = traced.nodes.size();
    for (std::size_t node = stretch.first_node; node <= stretch.last_node; ++node) {
      const double path_um = path_shift.undo(line.foot_of(own.nodes()[node]).path_um);
      traced.nodes.push_back({.path_um = path_um, .dendrite = stretch.dendrite, .node = node});
    }
    const auto [low, high] = std::minmax_element(
        traced.nodes.begin() + static_cast<std::ptrdiff_t>(first_of_stretch), traced.nodes.end(),
        [](const TracedNode& a, const TracedNode& b) { return a.path_um < b.path_um; });
    traced.windows.push_back({low->path_um, high->path_um});
  }
  traced.windows = joined(traced.windows);
  std::sort(traced.nodes.begin(), traced.nodes.end(), [](const TracedNode& a, const TracedNode& b) {
    return std::tie(a.path_um, a.dendrite, a.node) < std::tie(b.path_um, b.dendrite, b.node);
  });
  return traced;
}

double common_length_um(const std::vector<TracedShaft>& sessions) {
  if (sessions.empty()) {
    return 0;
  }
  std::vector<PathWindow> common = sessions.front().windows;
  for (const TracedShaft& session : sessions) {
    common = common_windows(common, session.windows);
  }
  double length_um = 0;
  for (const PathWindow& window : common) {
    length_um += window.high_um - window.low_um;
  }
  return length_um;
}

const TracedNode& nearest_node(const TracedShaft& traced, double path_um) {
  return *std::min_element(traced.nodes.begin(), traced.nodes.end(),
                           [path_um](const TracedNode& a, const TracedNode& b) {
                             return std::abs(a.path_um - path_um) < std::abs(b.path_um - path_um);
                           });
}

}  // namespace bramble
