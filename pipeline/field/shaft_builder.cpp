#include "pipeline/field/shaft_builder.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace bramble {

namespace {

constexpr int no_shaft = -1;
constexpr double near_in_plane_um = 1.5;
constexpr double near_z_um = 3.0;
constexpr double far_in_plane_um = 2.5;
constexpr double far_z_um = 4.0;
constexpr double least_cosine = 0.7;        // between shaft and dendrite
constexpr double beyond_end_um = 0.5;       // a node just beyond a shaft's end still lies on it
constexpr double occupied_margin_um = 1.0;  // pieces of one session may overlap by this at a gap
constexpr double shortest_run_um = 3.0;     // a shorter run near a shaft is a crossing
constexpr double shortest_new_shaft_um = 10.0;  // what counts as a dendrite in a stack
constexpr double end_distance_um =
    1.5;  // a dendrite that leaves a shaft this near its end continues it

std::vector<std::pair<std::size_t, std::size_t>> ranges_of_equal(const std::vector<int>& labels) {
  std::vector<std::pair<std::size_t, std::size_t>> ranges;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (i > 0 && labels[i] == labels[i - 1]) {
      ranges.back().second = i;
    } else {
      ranges.emplace_back(i, i);
    }
  }
  return ranges;
}

void set_labels(std::vector<int>& labels, std::size_t first, std::size_t last, int label) {
  std::fill(labels.begin() + static_cast<std::ptrdiff_t>(first),
            labels.begin() + static_cast<std::ptrdiff_t>(last) + 1, label);
}

}  // namespace

void ShaftBuilder::add(const Centreline& dendrite, int session, int dendrite_index) {
  if (dendrite.size() == 0) {
    return;
  }
  std::vector<int> labels(dendrite.size(), no_shaft);
  for (std::size_t node = 0; node < dendrite.size(); ++node) {
    labels[node] = nearest_shaft(dendrite, node, session);
  }
  drop_short_runs(dendrite, labels);
  grow_runs(dendrite, session, labels);
  settle_unlabelled(dendrite, labels);
  record(dendrite, session, dendrite_index, labels);
}

std::vector<Centreline> ShaftBuilder::lines() const {
  std::vector<Centreline> lines;
  for (const Shaft& shaft : shafts_) {
    lines.push_back(shaft.line);
  }
  return lines;
}

std::optional<Foot> ShaftBuilder::foot_within(int shaft, const Centreline& dendrite,
                                              std::size_t node, int session, Reach reach) const {
  const Shaft& candidate = shafts_[static_cast<std::size_t>(shaft)];
  const Position point = dendrite.nodes()[node];
  if (!candidate.line.may_reach(point, std::max(reach.in_plane_um, reach.z_um))) {
    return std::nullopt;
  }
  const Foot foot = candidate.line.foot_of(point);
  const bool on_line =
      foot.path_um >= -beyond_end_um && foot.path_um <= candidate.line.length_um() + beyond_end_um;
  const bool within = distance_in_plane_um(foot.offset, {}) <= reach.in_plane_um &&
                      std::abs(foot.offset.z_um) <= reach.z_um;
  if (!on_line || !within) {
    return std::nullopt;
  }
  const double cosine =
      dot(candidate.line.direction(foot.path_um), dendrite.direction(dendrite.path_um(node)));
  if (std::abs(cosine) < least_cosine && dendrite.length_um() > 0) {
    return std::nullopt;
  }
  for (const Interval& taken : candidate.occupied[static_cast<std::size_t>(session)]) {
    if (foot.path_um > taken.low_um + occupied_margin_um &&
        foot.path_um < taken.high_um - occupied_margin_um) {
      return std::nullopt;
    }
  }
  return foot;
}

int ShaftBuilder::nearest_shaft(const Centreline& dendrite, std::size_t node, int session) const {
  int nearest = no_shaft;
  double nearest_um = std::numeric_limits<double>::infinity();
  for (int shaft = 0; shaft < static_cast<int>(shafts_.size()); ++shaft) {
    const std::optional<Foot> foot =
        foot_within(shaft, dendrite, node, session, {near_in_plane_um, near_z_um});
    if (foot && weighted_distance_um(foot->offset) < nearest_um) {
      nearest_um = weighted_distance_um(foot->offset);
      nearest = shaft;
    }
  }
  return nearest;
}

void ShaftBuilder::drop_short_runs(const Centreline& dendrite, std::vector<int>& labels) const {
  for (const auto& [first, last] : ranges_of_equal(labels)) {
    const bool whole = first == 0 && last + 1 == labels.size();
    if (!whole && dendrite.path_um(last) - dendrite.path_um(first) < shortest_run_um) {
      set_labels(labels, first, last, no_shaft);
    }
  }
}

void ShaftBuilder::grow_runs(const Centreline& dendrite, int session,
                             std::vector<int>& labels) const {
  const Reach far{far_in_plane_um, far_z_um};
  const auto take_over = [&](std::size_t node, std::size_t neighbour) {
    const int label = labels[neighbour];
    if (labels[node] == no_shaft && label != no_shaft &&
        foot_within(label, dendrite, node, session, far)) {
      labels[node] = label;
    }
  };
  for (std::size_t node = 1; node < labels.size(); ++node) {
    take_over(node, node - 1);
  }
  for (std::size_t node = labels.size() - 1; node > 0; --node) {
    take_over(node - 1, node);
  }
}

void ShaftBuilder::settle_unlabelled(const Centreline& dendrite, std::vector<int>& labels) {
  for (const auto& [first, last] : ranges_of_equal(labels)) {
    if (labels[first] != no_shaft) {
      continue;
    }
    const Run run{.first = first, .last = last};
    const int before = first > 0 ? labels[first - 1] : no_shaft;
    const int after = last + 1 < labels.size() ? labels[last + 1] : no_shaft;
    const bool long_enough =
        dendrite.path_um(last) - dendrite.path_um(first) >= shortest_new_shaft_um;
    if (before == no_shaft && after == no_shaft) {
      set_labels(labels, first, last, make_shaft(dendrite, run));
    } else if (before == no_shaft || after == no_shaft) {
      settle_end(dendrite, run, before == no_shaft ? after : before, after == no_shaft, labels);
    } else if (before != after && long_enough) {
      set_labels(labels, first, last, make_shaft(dendrite, run));
    } else {
      set_labels(labels, first, last, before);
    }
  }
}

void ShaftBuilder::settle_end(const Centreline& dendrite, const Run& run, int neighbour,
                              bool after_neighbour, std::vector<int>& labels) {
  const bool long_enough =
      dendrite.path_um(run.last) - dendrite.path_um(run.first) >= shortest_new_shaft_um;
  if (!extend_shaft(neighbour, dendrite, run, after_neighbour) && long_enough) {
    set_labels(labels, run.first, run.last, make_shaft(dendrite, run));
  } else {
    set_labels(labels, run.first, run.last, neighbour);
  }
}

int ShaftBuilder::make_shaft(const Centreline& dendrite, const Run& run) {
  const auto begin = dendrite.nodes().begin();
  Shaft shaft;
  shaft.line = Centreline(std::vector<Position>(begin + static_cast<std::ptrdiff_t>(run.first),
                                                begin + static_cast<std::ptrdiff_t>(run.last) + 1));
  shaft.occupied.resize(static_cast<std::size_t>(num_sessions_));
  shafts_.push_back(std::move(shaft));
  return static_cast<int>(shafts_.size()) - 1;
}

// The run leaves the shaft at its node next to the labelled ones. Where that is an end of the
// shaft, the run's nodes are joined to it, moved so that the shaft has no step.
bool ShaftBuilder::extend_shaft(int shaft, const Centreline& dendrite, const Run& run,
                                bool after_neighbour) {
  Shaft& grown = shafts_[static_cast<std::size_t>(shaft)];
  const std::size_t last_on_shaft = after_neighbour ? run.first - 1 : run.last + 1;
  const Foot leaves_at = grown.line.foot_of(dendrite.nodes()[last_on_shaft]);
  const double length_um = grown.line.length_um();
  const bool at_start = leaves_at.path_um < end_distance_um;
  const bool at_end = leaves_at.path_um > length_um - end_distance_um;
  if (!at_start && !at_end) {
    return false;
  }
  const bool append = at_end && (!at_start || leaves_at.path_um > length_um / 2);
  const Position end = append ? grown.line.nodes().back() : grown.line.nodes().front();
  const Position step = end - dendrite.nodes()[last_on_shaft];
  std::vector<Position> more;
  for (std::size_t i = run.first; i <= run.last; ++i) {
    more.push_back(dendrite.nodes()[i] + step);
  }
  if (!after_neighbour) {
    std::reverse(more.begin(), more.end());
  }
  std::vector<Position> nodes = grown.line.nodes();
  if (append) {
    nodes.insert(nodes.end(), more.begin(), more.end());
    grown.line = Centreline(std::move(nodes));
    return true;
  }
  nodes.insert(nodes.begin(), more.rbegin(), more.rend());
  const double path_before_um = length_um;
  grown.line = Centreline(std::move(nodes));
  for (std::vector<Interval>& intervals : grown.occupied) {
    for (Interval& interval : intervals) {
      interval.low_um += grown.line.length_um() - path_before_um;
      interval.high_um += grown.line.length_um() - path_before_um;
    }
  }
  return true;
}

void ShaftBuilder::record(const Centreline& dendrite, int session, int dendrite_index,
                          const std::vector<int>& labels) {
  for (const auto& [first, last] : ranges_of_equal(labels)) {
    stretches_.push_back({.shaft = labels[first],
                          .session = session,
                          .dendrite = dendrite_index,
                          .first_node = first,
                          .last_node = last});
    Shaft& shaft = shafts_[static_cast<std::size_t>(labels[first])];
    Interval covered{std::numeric_limits<double>::infinity(),
                     -std::numeric_limits<double>::infinity()};
    for (std::size_t node = first; node <= last; ++node) {
      const double path_um = shaft.line.foot_of(dendrite.nodes()[node]).path_um;
      covered.low_um = std::min(covered.low_um, path_um);
      covered.high_um = std::max(covered.high_um, path_um);
    }
    shaft.occupied[static_cast<std::size_t>(session)].push_back(covered);
  }
}

}  // namespace bramble
