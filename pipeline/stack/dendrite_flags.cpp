#include "pipeline/stack/dendrite_flags.hpp"

#include "kernels/core/error.hpp"
#include "pipeline/records/flags.hpp"
#include "pipeline/stack/polyline.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace bramble {

namespace {

constexpr double border_um = 1.0;
constexpr double end_direction_um = 2.0;

constexpr double largest_variation = 0.35;
constexpr double least_correlation = 0.4;
constexpr double slow_change_um = 10.0;
constexpr double shortest_judged_um = 10.0;

constexpr double near_in_plane_um = 1.0;
constexpr double near_in_depth_um = 2.5;
constexpr double joint_um = 4.0;

struct StackEnd {
  Position at;
  Position direction;  // outwards
};

StackEnd stack_end(const std::vector<Position>& nodes, bool at_last) {
  const auto node = [&](std::size_t i) { return at_last ? nodes[nodes.size() - 1 - i] : nodes[i]; };
  std::size_t i = 0;
  while (i + 1 < nodes.size() && distance_um(node(i), node(0)) < end_direction_um) {
    ++i;
  }
  const Position along = node(0) - node(i);
  const double length = length_um(along);
  return {.at = node(0), .direction = length > 0 ? along * (1 / length) : Position{}};
}

double percentile(std::vector<double> values, double frac) {
  const auto rank =
      static_cast<std::ptrdiff_t>(std::lround(frac * static_cast<double>(values.size() - 1)));
  std::nth_element(values.begin(), values.begin() + rank, values.end());
  return values[static_cast<std::size_t>(rank)];
}

// Half of what the middle two thirds span, over the median.
double robust_variation(const std::vector<double>& values) {
  const double median = percentile(values, 0.5);
  return median > 0 ? (percentile(values, 0.84) - percentile(values, 0.16)) / (2 * median) : 0;
}

// The logarithm without its slow changes.
std::vector<double> fast_part(const std::vector<double>& values, double step_um) {
  constexpr double floor = 1e-3;
  std::vector<double> logs;
  for (const double value : values) {
    logs.push_back(std::log(std::max(floor, value)));
  }
  const std::vector<double> slow = smooth_along(logs, step_um, slow_change_um / 2);
  for (std::size_t i = 0; i < logs.size(); ++i) {
    logs[i] -= slow[i];
  }
  return logs;
}

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  const double n = static_cast<double>(a.size());
  const double mean_a = std::accumulate(a.begin(), a.end(), 0.0) / n;
  const double mean_b = std::accumulate(b.begin(), b.end(), 0.0) / n;
  double aa = 0;
  double bb = 0;
  double ab = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    aa += (a[i] - mean_a) * (a[i] - mean_a);
    bb += (b[i] - mean_b) * (b[i] - mean_b);
    ab += (a[i] - mean_a) * (b[i] - mean_b);
  }
  return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0;
}

bool is_near(Position a, Position b) {
  return distance_in_plane_um(a, b) <= near_in_plane_um &&
         std::abs(a.z_um - b.z_um) <= near_in_depth_um;
}

struct SharedNode {
  std::size_t of_a;
  std::size_t of_b;
};

std::vector<SharedNode> shared_nodes(const Dendrite& a, const Dendrite& b) {
  std::vector<SharedNode> shared;
  const auto node = [](int index) { return static_cast<std::size_t>(index); };
  if (a.parent_dendrite == b.id) {
    shared.push_back({0, node(a.parent_node)});
  }
  if (b.parent_dendrite == a.id) {
    shared.push_back({node(b.parent_node), 0});
  }
  if (a.end_dendrite == b.id) {
    shared.push_back({a.nodes.size() - 1, node(a.end_node)});
  }
  if (b.end_dendrite == a.id) {
    shared.push_back({node(b.end_node), b.nodes.size() - 1});
  }
  // Two branches of one node share it as well.
  if (a.parent_dendrite >= 0 && a.parent_dendrite == b.parent_dendrite &&
      a.parent_node == b.parent_node) {
    shared.push_back({0, 0});
  }
  return shared;
}

bool boxes_are_near(const Dendrite& a, const Dendrite& b) {
  const auto overlap = [&](double Position::*axis, double reach_um) {
    const auto less = [axis](Position p, Position q) { return p.*axis < q.*axis; };
    const auto [low_a, high_a] = std::minmax_element(a.nodes.begin(), a.nodes.end(), less);
    const auto [low_b, high_b] = std::minmax_element(b.nodes.begin(), b.nodes.end(), less);
    return (*low_a).*axis <= (*high_b).*axis + reach_um &&
           (*low_b).*axis <= (*high_a).*axis + reach_um;
  };
  return overlap(&Position::y_um, near_in_plane_um) && overlap(&Position::x_um, near_in_plane_um) &&
         overlap(&Position::z_um, near_in_depth_um);
}

bool cross(const Dendrite& a, const Dendrite& b) {
  if (!boxes_are_near(a, b)) {
    return false;
  }
  const std::vector<SharedNode> shared = shared_nodes(a, b);
  const std::vector<double> path_a = path_lengths_um(a.nodes);
  const std::vector<double> path_b = path_lengths_um(b.nodes);
  const auto at_joint = [&](std::size_t i, std::size_t j) {
    return std::any_of(shared.begin(), shared.end(), [&](const SharedNode& node) {
      return std::abs(path_a[i] - path_a[node.of_a]) <= joint_um &&
             std::abs(path_b[j] - path_b[node.of_b]) <= joint_um;
    });
  };
  for (std::size_t i = 0; i < a.nodes.size(); ++i) {
    for (std::size_t j = 0; j < b.nodes.size(); ++j) {
      if (is_near(a.nodes[i], b.nodes[j]) && !at_joint(i, j)) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

bool leaves_volume(const Dendrite& dendrite, Extent extent, Spacing spacing) {
  const Position far = position_of({extent.z - 1, extent.y - 1, extent.x - 1}, spacing);
  const double half_slice_um = static_cast<double>(spacing.z_um) / 2;
  for (const bool at_last : {false, true}) {
    const StackEnd end = stack_end(dendrite.nodes, at_last);
    const bool in_plane = end.at.y_um >= border_um && end.at.x_um >= border_um &&
                          end.at.y_um <= far.y_um - border_um &&
                          end.at.x_um <= far.x_um - border_um;
    const double beyond_um = end.at.z_um + border_um * end.direction.z_um;
    const bool in_depth =
        extent.z == 1 || (end.at.z_um >= half_slice_um && end.at.z_um <= far.z_um - half_slice_um &&
                          beyond_um >= 0 && beyond_um <= far.z_um);
    if (!in_plane || !in_depth) {
      return true;
    }
  }
  return false;
}

bool is_beaded(const std::vector<double>& diameter_um, const std::vector<double>& brightness,
               double step_um) {
  require(diameter_um.size() == brightness.size(), "one diameter and one brightness per node");
  const double length_um = step_um * static_cast<double>(diameter_um.size());
  return length_um >= shortest_judged_um && robust_variation(diameter_um) > largest_variation &&
         correlation(fast_part(diameter_um, step_um), fast_part(brightness, step_um)) >
             least_correlation;
}

void flag_crossings(std::vector<Dendrite>& dendrites) {
  for (std::size_t i = 0; i < dendrites.size(); ++i) {
    for (std::size_t j = i + 1; j < dendrites.size(); ++j) {
      if (cross(dendrites[i], dendrites[j])) {
        dendrites[i].flags = with_flag(dendrites[i].flags, "crossing");
        dendrites[j].flags = with_flag(dendrites[j].flags, "crossing");
      }
    }
  }
}

}  // namespace bramble
