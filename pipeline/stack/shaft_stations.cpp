#include "pipeline/stack/shaft_stations.hpp"

#include "kernels/core/middle_value.hpp"
#include "pipeline/stack/centreline.hpp"
#include "pipeline/stack/polyline.hpp"

#include <algorithm>
#include <cmath>

namespace bramble {

namespace {

constexpr int tangent_reach_nodes = 3;
// Wider than the boxes that maxima are looked for in: none reaches from one dendrite to the next.
constexpr int gap_stations = 3;
constexpr float least_shaft_counts = 1e-3f;
constexpr float least_restored = 1e-6f;
constexpr int axis_samples_across = 3;
constexpr int axis_samples_deep = 1;
constexpr int median_stations = 20;  // to each side

void add_gap(ShaftStations& stations) {
  stations.stations.resize(stations.stations.size() + gap_stations);
  stations.places.resize(stations.stations.size());
}

void add_dendrite(const Dendrite& dendrite, ShaftStations& stations) {
  const std::vector<Position> directions = tangents(dendrite.nodes, tangent_reach_nodes);
  const auto first = static_cast<int>(stations.stations.size());
  double path_um = 0;
  for (std::size_t node = 0; node + 1 < dendrite.nodes.size(); ++node) {
    const Position step = dendrite.nodes[node + 1] - dendrite.nodes[node];
    const Position turn = directions[node + 1] - directions[node];
    const double step_um = length_um(step);
    const auto parts = std::max(1L, std::lround(step_um / StraightGrid::along_um));
    for (long i = 0; i < parts; ++i) {
      const double part = static_cast<double>(i) / static_cast<double>(parts);
      stations.stations.push_back(
          {.axis = dendrite.nodes[node] + step * part,
           .across = in_plane_normal(directions[node] + turn * part),
           .first = first,
           .shaft = std::max(dendrite.brightness_counts[node], least_shaft_counts)});
      stations.places.push_back({.dendrite = dendrite.id,
                                 .node = static_cast<int>(node),
                                 .path_um = path_um + part * step_um,
                                 .radius_um = dendrite.radius_um[node]});
    }
    path_um += step_um;
  }
  for (auto s = static_cast<std::size_t>(first); s < stations.stations.size(); ++s) {
    stations.stations[s].last = static_cast<int>(stations.stations.size()) - 1;
    ShaftStations::Place& place = stations.places[s];
    place.end_um = std::min(place.path_um, path_um - place.path_um);
  }
}

float brightest_at_axis(VolumeView<const float> restored, int station) {
  float most = least_restored;
  for (int z = -axis_samples_deep; z <= axis_samples_deep; ++z) {
    for (int x = -axis_samples_across; x <= axis_samples_across; ++x) {
      most = std::max(
          most, restored(StraightGrid::half_axial + z, station, StraightGrid::half_across + x));
    }
  }
  return most;
}

}  // namespace

ShaftStations lay_stations(const std::vector<Dendrite>& dendrites) {
  ShaftStations stations;
  for (const Dendrite& dendrite : dendrites) {
    add_dendrite(dendrite, stations);
    add_gap(stations);
  }
  return stations;
}

void measure_restored_shafts(VolumeView<const float> restored, std::vector<Station>& stations) {
  std::vector<float> brightest(stations.size());
  for (std::size_t s = 0; s < stations.size(); ++s) {
    brightest[s] = brightest_at_axis(restored, static_cast<int>(s));
  }
  for (std::size_t s = 0; s < stations.size(); ++s) {
    Station& station = stations[s];
    if (station.last < 0) {
      continue;
    }
    std::vector<float> near;
    for (int j = -median_stations; j <= median_stations; ++j) {
      near.push_back(brightest[static_cast<std::size_t>(
          std::clamp(static_cast<int>(s) + j, station.first, station.last))]);
    }
    station.restored = middle_value(std::move(near));
  }
}

}  // namespace bramble
