#pragma once

#include "kernels/core/geometry.hpp"
#include "pipeline/records/phantom.hpp"

#include <cstdint>
#include <vector>

namespace bramble {

// One field of view of the study: what all random numbers of its tissue depend on.
struct PhantomField {
  std::uint64_t animal = 0;
  std::uint64_t field = 0;
  bool treated = false;
};

// A shaft in the frame of the field's first session. Reaches beyond the volume on both sides, so
// that what a later session sees of it after its pose change is tissue too.
struct DendritePath {
  static constexpr double node_step_um = 0.1;

  std::vector<Position> nodes;    // node i lies at path position i * node_step_um
  std::vector<double> radius_um;  // per node
  double gain = 1;                // brightness relative to the nominal shaft

  double length_um() const noexcept { return static_cast<double>(nodes.size() - 1) * node_step_um; }
};

// A place on a path, with the unit tangent towards higher path positions.
struct PathPoint {
  Position position;
  Position tangent;
  double radius_um = 0;
};

// Interpolated linearly; path positions beyond the ends give the ends.
PathPoint point_at(const DendritePath& path, double path_um);

// The shafts of a field: worm-like chains in plane with a slowly varying elevation, kept 3 um from
// top and bottom. The first crosses the middle of the field; the others keep 4 um from those before
// them, and are left out where there is no room. Values and sources: reference science.md
// section 7.3. Branches, axons and puncta are not made yet.
std::vector<DendritePath> grow_dendrites(const PhantomParameters& parameters, PhantomField field);

}  // namespace bramble
