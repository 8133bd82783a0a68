#include "pipeline/field/centreline.hpp"

#include "kernels/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace bramble {

namespace {

constexpr double half_chord_um = 0.5;

double weighted_dot(Position a, Position b) noexcept {
  return axial_weight * axial_weight * a.z_um * b.z_um + a.y_um * b.y_um + a.x_um * b.x_um;
}

// How far along the segment, 0 to 1, its point nearest to `from_start` (relative to its start)
// lies.
double nearest_part(Position segment, Position from_start) noexcept {
  const double square = weighted_dot(segment, segment);
  return square > 0 ? std::clamp(weighted_dot(from_start, segment) / square, 0.0, 1.0) : 0.0;
}

}  // namespace

double weighted_distance_um(Position offset) noexcept {
  return std::sqrt(weighted_dot(offset, offset));
}

Centreline::Centreline(std::vector<Position> nodes) : nodes_(std::move(nodes)) {
  require(!nodes_.empty(), "a centreline needs at least one node");
  low_ = nodes_.front();
  high_ = nodes_.front();
  path_um_.push_back(0);
  for (std::size_t i = 1; i < nodes_.size(); ++i) {
    const Position node = nodes_[i];
    path_um_.push_back(path_um_.back() + distance_um(nodes_[i - 1], node));
    low_ = {std::min(low_.z_um, node.z_um), std::min(low_.y_um, node.y_um),
            std::min(low_.x_um, node.x_um)};
    high_ = {std::max(high_.z_um, node.z_um), std::max(high_.y_um, node.y_um),
             std::max(high_.x_um, node.x_um)};
  }
}

// The segment that holds the path position, by the index of its first node; there are at least two
// nodes.
std::size_t Centreline::segment_at(double path_um) const {
  const auto after = std::upper_bound(path_um_.begin() + 1, path_um_.end() - 1, path_um);
  return static_cast<std::size_t>(after - path_um_.begin()) - 1;
}

Position Centreline::at(double path_um) const {
  if (nodes_.size() < 2 || length_um() == 0) {
    return nodes_.front();
  }
  if (path_um < 0) {
    return nodes_.front() + direction(0) * path_um;
  }
  if (path_um > length_um()) {
    return nodes_.back() + direction(length_um()) * (path_um - length_um());
  }
  const std::size_t i = segment_at(path_um);
  const double segment_um = path_um_[i + 1] - path_um_[i];
  const double part = segment_um > 0 ? (path_um - path_um_[i]) / segment_um : 0;
  return nodes_[i] + (nodes_[i + 1] - nodes_[i]) * part;
}

Position Centreline::direction(double path_um) const {
  const Position along_x{0, 0, 1};
  if (nodes_.size() < 2 || length_um() == 0) {
    return along_x;
  }
  const double place_um = std::clamp(path_um, 0.0, length_um());
  const Position chord = at(std::min(place_um + half_chord_um, length_um())) -
                         at(std::max(place_um - half_chord_um, 0.0));
  const double chord_um = bramble::length_um(chord);
  return chord_um > 0 ? chord * (1 / chord_um) : along_x;
}

Foot Centreline::foot_of(Position point) const { return foot_among(point, 0, nodes_.size() - 1); }

Foot Centreline::foot_near(Position point, double path_um, double reach_um) const {
  if (nodes_.size() < 2) {
    return foot_of(point);
  }
  return foot_among(point, segment_at(path_um - reach_um), segment_at(path_um + reach_um) + 1);
}

Foot Centreline::foot_among(Position point, std::size_t first_node, std::size_t last_node) const {
  double nearest_square = std::numeric_limits<double>::infinity();
  double path_um = path_um_[first_node];
  Position place = nodes_[first_node];
  for (std::size_t i = first_node; i < last_node; ++i) {
    const Position segment = nodes_[i + 1] - nodes_[i];
    const double part = nearest_part(segment, point - nodes_[i]);
    const Position candidate = nodes_[i] + segment * part;
    const double square = weighted_dot(point - candidate, point - candidate);
    if (square < nearest_square) {
      nearest_square = square;
      place = candidate;
      path_um = path_um_[i] + part * (path_um_[i + 1] - path_um_[i]);
    }
  }
  // A point beyond an end of the line is measured along its straight continuation.
  const bool at_start = path_um <= 0;
  const bool at_end = path_um >= length_um();
  if ((at_start || at_end) && length_um() > 0) {
    const double beyond_um = dot(point - place, direction(path_um));
    if ((at_start && beyond_um < 0) || (at_end && beyond_um > 0)) {
      path_um += beyond_um;
      place = at(path_um);
    }
  }
  return {.path_um = path_um, .place = place, .offset = point - place};
}

bool Centreline::may_reach(Position point, double reach_um) const noexcept {
  const auto within = [reach_um](double value, double low, double high) {
    return value >= low - reach_um && value <= high + reach_um;
  };
  return within(point.z_um, low_.z_um, high_.z_um) && within(point.y_um, low_.y_um, high_.y_um) &&
         within(point.x_um, low_.x_um, high_.x_um);
}

}  // namespace bramble
