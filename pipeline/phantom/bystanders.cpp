#include "pipeline/phantom/bystanders.hpp"

#include "pipeline/phantom/resample_path.hpp"
#include "pipeline/phantom/tissue_region.hpp"
#include "pipeline/phantom/walk_path.hpp"

#include <numbers>
#include <optional>

namespace bramble {
namespace {

constexpr double degree = std::numbers::pi / 180;
constexpr double nominal_volume_um3 = 24576;
constexpr double node_step_um = 0.5;
constexpr Winding winding{.persistence_length_um = 60,
                          .elevation_sd_rad = 10 * degree,
                          .elevation_limit_rad = 35 * degree,
                          .elevation_correlation_um = 25};

Position uniform_within(const TissueBox& box, Random& random) {
  const Position size = box.size();
  const double z = random.uniform();
  const double y = random.uniform();
  const double x = random.uniform();
  return box.low + Position{z * size.z_um, y * size.y_um, x * size.x_um};
}

std::vector<Ball> draw_boutons(const std::vector<Position>& nodes, Random& random) {
  constexpr double mean_gap_um = 8;
  std::vector<Ball> boutons;
  double path_um = random.uniform_within(0, mean_gap_um);
  const double length_um = static_cast<double>(nodes.size() - 1) * node_step_um;
  while (path_um < length_um) {
    boutons.push_back({.centre = nodes[static_cast<std::size_t>(path_um / node_step_um)],
                       .radius_um = random.uniform_within(0.3, 0.5)});
    path_um += random.uniform_within(0.5 * mean_gap_um, 1.5 * mean_gap_um);
  }
  return boutons;
}

std::optional<Axon> grow_axon(const PhantomParameters& parameters, const RandomPlace& place,
                              const std::vector<DendritePath>& dendrites) {
  constexpr std::uint64_t max_attempts = 32;
  constexpr double off_shafts_um = 0.6;  // room for a bouton
  const TissueBox box = tissue_box(parameters);
  for (std::uint64_t attempt = 0; attempt < max_attempts; ++attempt) {
    Random random(place, attempt);
    const Walker start{.position = uniform_within(imaged_box(parameters.design), random),
                       .heading_rad = random.uniform_within(0, 2 * std::numbers::pi),
                       .elevation_rad = winding.elevation_sd_rad * random.normal()};
    Axon axon;
    axon.nodes = resample_path(walk_both_ways(start, winding, box, random), node_step_um);
    if (touches_any(axon.nodes, dendrites, off_shafts_um)) {
      continue;
    }
    axon.radius_um = random.uniform_within(0.10, 0.18);
    axon.gain = random.uniform_within(0.2, 0.5);
    axon.boutons = draw_boutons(axon.nodes, random);
    return axon;
  }
  return std::nullopt;
}

}  // namespace

std::vector<Axon> grow_axons(const PhantomParameters& parameters, PhantomField field,
                             const std::vector<DendritePath>& dendrites) {
  RandomPlace place = field.place(parameters, RandomPurpose::axons);
  place.dendrite = UINT64_MAX;
  const PhantomDesign& design = parameters.design;
  const Position size =
      position_of({design.extent.z, design.extent.y, design.extent.x}, design.spacing);
  const double volumes = size.z_um * size.y_um * size.x_um / nominal_volume_um3;
  const std::int64_t number =
      Random(place).poisson(parameters.dendrites.axons_per_24576_um3 * volumes);
  std::vector<Axon> axons;
  for (std::int64_t i = 0; i < number; ++i) {
    place.dendrite = static_cast<std::uint64_t>(i);
    std::optional<Axon> axon = grow_axon(parameters, place, dendrites);
    if (axon) {
      axons.push_back(*std::move(axon));
    }
  }
  return axons;
}

std::vector<Punctum> scatter_puncta(const PhantomParameters& parameters, PhantomField field,
                                    const std::vector<DendritePath>& dendrites) {
  constexpr double off_shafts_um = 1;
  const RandomPlace place = field.place(parameters, RandomPurpose::puncta);
  const TissueBox box = tissue_box(parameters);
  const Position size = box.size();
  const double volumes = size.z_um * size.y_um * size.x_um / nominal_volume_um3;
  const std::int64_t number =
      Random(place).poisson(parameters.dendrites.puncta_per_24576_um3 * volumes);
  std::vector<Punctum> puncta;
  for (std::int64_t i = 0; i < number; ++i) {
    Random random(place, static_cast<std::uint64_t>(i) + 1);
    const Ball ball{.centre = uniform_within(box, random),
                    .radius_um = random.uniform_within(0.15, 0.4)};
    const double gain = random.uniform_within(0.3, 1.5);
    if (!touches_any({ball.centre}, dendrites, off_shafts_um + ball.radius_um)) {
      puncta.push_back({ball, gain});
    }
  }
  return puncta;
}

}  // namespace bramble
