#include "pipeline/field/link_spines.hpp"

#include "pipeline/field/assignment.hpp"
#include "pipeline/field/link_cost.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

namespace bramble {

namespace {

// What a sighting far below the report probability costs beyond its place.
constexpr double doubt_cost = 0.5;
// Links of doubtful sightings cost at least this: two of them may not break up one good link of two
// certain sightings.
constexpr double support_floor = 0.6;
constexpr double support_lateral_um = 1.0;
constexpr double support_height_um = 2.5;

double link_cost(const PlacedSpine& a, const PlacedSpine& b, const LinkParams& params) {
  const double p_detect = std::min(a.p_detect, b.p_detect);
  if (p_detect >= params.report_probability) {
    return place_cost(a, b, {.path_um = params.gate_um});
  }
  const PlaceTolerance tolerance{.path_um = params.support_gate_um,
                                 .lateral_um = support_lateral_um,
                                 .across_um = support_lateral_um,
                                 .height_um = support_height_um};
  const double cost =
      place_cost(a, b, tolerance) + doubt_cost * (1 - p_detect / params.report_probability);
  return support_floor + (1 - support_floor) * cost;
}

struct Link {
  double cost = 0;
  std::size_t a = 0;  // indices into all sightings
  std::size_t b = 0;
};

void link_sessions(const std::vector<PlacedSpine>& spines, const std::vector<std::size_t>& first,
                   const std::vector<std::size_t>& second, const LinkParams& params,
                   std::vector<Link>& links) {
  CostTable costs(static_cast<int>(first.size()), static_cast<int>(second.size()));
  for (std::size_t i = 0; i < first.size(); ++i) {
    for (std::size_t j = 0; j < second.size(); ++j) {
      costs.at(static_cast<int>(i), static_cast<int>(j)) =
          link_cost(spines[first[i]], spines[second[j]], params);
    }
  }
  const std::vector<int> column_of = assign_pairs(costs, 1.0);
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (column_of[i] >= 0) {
      links.push_back({costs.at(static_cast<int>(i), column_of[i]), first[i],
                       second[static_cast<std::size_t>(column_of[i])]});
    }
  }
}

std::vector<Link> links_of(const std::vector<PlacedSpine>& spines, const LinkParams& params) {
  std::map<int, std::vector<std::size_t>> by_session;
  for (std::size_t i = 0; i < spines.size(); ++i) {
    by_session[spines[i].session].push_back(i);
  }
  std::vector<Link> links;
  for (auto first = by_session.begin(); first != by_session.end(); ++first) {
    for (auto second = std::next(first); second != by_session.end(); ++second) {
      link_sessions(spines, first->second, second->second, params, links);
    }
  }
  std::sort(links.begin(), links.end(), [](const Link& a, const Link& b) {
    return std::tie(a.cost, a.a, a.b) < std::tie(b.cost, b.a, b.b);
  });
  return links;
}

// Sets of sightings, each with a flag for every session it has one of.
class TrackSets {
 public:
  explicit TrackSets(const std::vector<PlacedSpine>& spines) : set_of_(spines.size()) {
    std::iota(set_of_.begin(), set_of_.end(), std::size_t{0});
    for (std::size_t i = 0; i < spines.size(); ++i) {
      members_.push_back({i});
    }
  }

  void join(const std::vector<PlacedSpine>& spines, std::size_t a, std::size_t b) {
    const std::size_t into = std::min(set_of_[a], set_of_[b]);
    const std::size_t from = std::max(set_of_[a], set_of_[b]);
    if (into == from || share_session(spines, members_[into], members_[from])) {
      return;
    }
    for (const std::size_t member : members_[from]) {
      set_of_[member] = into;
      members_[into].push_back(member);
    }
    members_[from].clear();
  }

  const std::vector<std::vector<std::size_t>>& members() const noexcept { return members_; }

 private:
  static bool share_session(const std::vector<PlacedSpine>& spines,
                            const std::vector<std::size_t>& a, const std::vector<std::size_t>& b) {
    return std::any_of(a.begin(), a.end(), [&](std::size_t i) {
      return std::any_of(b.begin(), b.end(),
                         [&](std::size_t j) { return spines[i].session == spines[j].session; });
    });
  }

  std::vector<std::size_t> set_of_;
  std::vector<std::vector<std::size_t>> members_;
};

}  // namespace

double mean_path_um(const SpineTrack& track) {
  double total_um = 0;
  for (const PlacedSpine& sighting : track.sightings) {
    total_um += sighting.path_um;
  }
  return total_um / static_cast<double>(track.sightings.size());
}

std::vector<SpineTrack> link_spines(const std::vector<PlacedSpine>& spines,
                                    const LinkParams& params) {
  TrackSets sets(spines);
  for (const Link& link : links_of(spines, params)) {
    sets.join(spines, link.a, link.b);
  }
  std::vector<SpineTrack> tracks;
  for (const std::vector<std::size_t>& members : sets.members()) {
    SpineTrack track;
    for (const std::size_t member : members) {
      track.sightings.push_back(spines[member]);
    }
    const bool reported = std::any_of(
        track.sightings.begin(), track.sightings.end(),
        [&params](const PlacedSpine& s) { return s.p_detect >= params.report_probability; });
    if (!reported) {
      continue;
    }
    std::sort(track.sightings.begin(), track.sightings.end(),
              [](const PlacedSpine& a, const PlacedSpine& b) { return a.session < b.session; });
    tracks.push_back(std::move(track));
  }
  std::sort(tracks.begin(), tracks.end(), [](const SpineTrack& a, const SpineTrack& b) {
    return std::tuple(mean_path_um(a), a.sightings.front().session, a.sightings.front().spine) <
           std::tuple(mean_path_um(b), b.sightings.front().session, b.sightings.front().spine);
  });
  return tracks;
}

}  // namespace bramble
