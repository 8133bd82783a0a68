#include "pipeline/stack/spine_candidates.hpp"

#include "kernels/core/top_of_parabola.hpp"
#include "kernels/core/view_in.hpp"
#include "kernels/spine/spine_cues.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace bramble {

namespace {

constexpr float least_excess_noise = 3;
constexpr float least_blob_noise = 2.5f;
constexpr float least_restored_excess = 0.05f;
constexpr Extent maximum_radius{1, 1, 1};
constexpr int least_samples_out = 3;  // nearer to the axis it is shaft
// Candidates nearer than this are one.
constexpr float same_in_plane_um = 0.2f;
constexpr float same_axial_um = 1.1f;
// Which of them stays: the largest blob response over the shaft's brightness, and so much for each
// unit of the excess over its noise.
constexpr float strength_of_excess = 0.01f;
// A candidate that lies nearer to another shaft, by more than this, is that one's.
constexpr double shared_margin_um = 0.1;

// A maximum of a cue.
struct Maximum {
  Voxel sample;
  Position shift_um;  // of the top of the parabola from the sample
  float strength = 0;
};

bool is_inside(Voxel v) {
  const int out = std::abs(v.x - StraightGrid::half_across);
  return out >= least_samples_out && out <= StraightGrid::half_across - maximum_radius.x &&
         v.z > 0 && v.z < 2 * StraightGrid::half_axial;
}

Position top_of(VolumeView<const float> values, Voxel v) {
  const Extent extent = values.extent;
  const auto at = [&](int dz, int dy, int dx) {
    return values(std::clamp(v.z + dz, 0, extent.z - 1), std::clamp(v.y + dy, 0, extent.y - 1),
                  std::clamp(v.x + dx, 0, extent.x - 1));
  };
  const float middle = at(0, 0, 0);
  return {top_of_parabola(at(-1, 0, 0), middle, at(1, 0, 0)) * StraightGrid::axial_um,
          top_of_parabola(at(0, -1, 0), middle, at(0, 1, 0)) * StraightGrid::along_um,
          top_of_parabola(at(0, 0, -1), middle, at(0, 0, 1)) * StraightGrid::across_um};
}

// The maxima of a cue, which lies in the stack's scratch volume.
void add_maxima(const Exec& exec, StraightStack& stack, float threshold,
                LocalMaximaScratch& scratch, std::vector<Maximum>& maxima) {
  Volume<float> buffer;
  const VolumeView<const float> cue = view_in(exec, MemorySpace::host, stack.scratch(), buffer);
  for (const Voxel v :
       find_local_maxima(exec, std::as_const(stack.scratch()).view(),
                         {.threshold = threshold, .radius = maximum_radius}, scratch)) {
    if (is_inside(v)) {
      maxima.push_back({.sample = v, .shift_um = top_of(cue, v)});
    }
  }
}

bool is_same(Voxel a, Voxel b) {
  const auto part = [](int difference, float step_um, float radius_um) {
    const float parts = static_cast<float>(difference) * step_um / radius_um;
    return parts * parts;
  };
  return part(a.z - b.z, StraightGrid::axial_um, same_axial_um) +
             part(a.y - b.y, StraightGrid::along_um, same_in_plane_um) +
             part(a.x - b.x, StraightGrid::across_um, same_in_plane_um) <
         1;
}

// The strongest of each group; gaps keep dendrites apart.
std::vector<Maximum> merge_near(std::vector<Maximum> maxima) {
  std::stable_sort(maxima.begin(), maxima.end(),
                   [](const Maximum& a, const Maximum& b) { return a.strength > b.strength; });
  // The kept ones by station, so that each looks at its neighbourhood only.
  std::vector<std::vector<Voxel>> kept_at;
  constexpr int reach = static_cast<int>(same_in_plane_um / StraightGrid::along_um) + 1;
  std::vector<Maximum> kept;
  for (const Maximum& maximum : maxima) {
    const int s = maximum.sample.y;
    kept_at.resize(std::max(kept_at.size(), static_cast<std::size_t>(s + reach + 1)));
    bool is_new = true;
    for (int near = std::max(0, s - reach); near <= s + reach; ++near) {
      for (const Voxel other : kept_at[static_cast<std::size_t>(near)]) {
        is_new = is_new && !is_same(maximum.sample, other);
      }
    }
    if (is_new) {
      kept.push_back(maximum);
      kept_at[static_cast<std::size_t>(s)].push_back(maximum.sample);
    }
  }
  std::sort(kept.begin(), kept.end(), [](const Maximum& a, const Maximum& b) {
    const auto key = [](Voxel v) { return std::tuple(v.y, v.x, v.z); };
    return key(a.sample) < key(b.sample);
  });
  return kept;
}

SpineCandidate candidate_at(const Maximum& maximum, const ShaftStations& shafts) {
  const Station& station = shafts.stations[static_cast<std::size_t>(maximum.sample.y)];
  const ShaftStations::Place& place = shafts.places[static_cast<std::size_t>(maximum.sample.y)];
  const double lateral_um = (maximum.sample.x - StraightGrid::half_across) *
                                static_cast<double>(StraightGrid::across_um) +
                            maximum.shift_um.x_um;
  const double axial_um =
      (maximum.sample.z - StraightGrid::half_axial) * static_cast<double>(StraightGrid::axial_um) +
      maximum.shift_um.z_um;
  const Position along{0, station.across.x_um, -station.across.y_um};
  Position head = station.axis + station.across * lateral_um + along * maximum.shift_um.y_um;
  head.z_um += axial_um;
  return {.head = head,
          .shaft = {.dendrite = place.dendrite,
                    .node = place.node,
                    .path_um = place.path_um + maximum.shift_um.y_um,
                    .lateral_um = lateral_um,
                    .axial_um = axial_um},
          .place = {.sample = maximum.sample,
                    .depth_um = static_cast<float>(axial_um),
                    .lateral_um = static_cast<float>(std::abs(lateral_um)),
                    .radius_um = place.radius_um,
                    .end_um = static_cast<float>(place.end_um)}};
}

}  // namespace

std::vector<SpineCandidate> gather_candidates(const Exec& exec, StraightStack& stack,
                                              const ShaftIndex& shafts, double max_lateral_um,
                                              LocalMaximaScratch& scratch) {
  std::vector<Maximum> maxima;
  const SpineForms forms = stack.forms();
  excess_over_shaft(exec, forms, stack.stations(), stack.scratch().view());
  add_maxima(exec, stack, least_excess_noise, scratch, maxima);
  blob_over_noise(exec, forms, stack.stations(), stack.scratch().view());
  add_maxima(exec, stack, least_blob_noise, scratch, maxima);
  restored_excess(exec, forms, stack.stations(), stack.scratch().view());
  add_maxima(exec, stack, least_restored_excess, scratch, maxima);

  const SpineForms on_host = stack.forms_on_host();
  for (Maximum& maximum : maxima) {
    const Station& station = stack.shafts().stations[static_cast<std::size_t>(maximum.sample.y)];
    maximum.strength = on_host.blob(maximum.sample) / station.shaft +
                       strength_of_excess * on_host.excess(maximum.sample);
  }
  std::vector<SpineCandidate> candidates;
  for (const Maximum& maximum : merge_near(std::move(maxima))) {
    SpineCandidate candidate = candidate_at(maximum, stack.shafts());
    const ShaftPoint nearest = shafts.locate(candidate.head);
    const bool is_own = nearest.dendrite == candidate.shaft.dendrite;
    if (std::abs(candidate.shaft.lateral_um) > max_lateral_um || nearest.dendrite < 0 ||
        (!is_own && nearest.margin_um > shared_margin_um)) {
      continue;
    }
    candidate.shaft.margin_um = is_own ? nearest.margin_um : -nearest.margin_um;
    candidate.place.margin_um = static_cast<float>(candidate.shaft.margin_um);
    candidates.push_back(candidate);
  }
  return candidates;
}

}  // namespace bramble
