#pragma once

#include "pipeline/records/dendrite.hpp"

#include <vector>

namespace bramble {

// A point as seen from its nearest shaft.
struct ShaftPoint {
  int dendrite = -1;   // Dendrite::id; -1 when no shaft is within reach
  int node = -1;       // the nearest node
  double path_um = 0;  // of that node
  double lateral_um =
      0;  // in-plane distance from the axis, signed: positive to the left of the shaft's direction
  double axial_um = 0;  // z of the point less z of the node
  double margin_um =
      0;  // how much farther the next other shaft is, weighted as below; large when there is none
};

// Finds the nearest shaft of a point. Distances weight z by a quarter, because the PSF is four
// times as tall as it is wide. Built once per stack: nodes are sorted into tiles of the plane, so
// that a query looks at its neighbourhood only.
class ShaftIndex {
 public:
  // `dendrites` must outlive the index. Points farther in plane than `reach_um` are not found.
  ShaftIndex(const std::vector<Dendrite>& dendrites, double reach_um);

  ShaftPoint locate(Position p) const;
  const Dendrite& dendrite(int id) const { return dendrites_[static_cast<std::size_t>(id)]; }

 private:
  struct NodeRef {
    int dendrite;
    int node;
  };
  std::size_t tile_of(double y_um, double x_um) const;

  const std::vector<Dendrite>& dendrites_;
  double reach_um_;
  double low_y_um_ = 0;
  double low_x_um_ = 0;
  int tiles_y_ = 1;
  int tiles_x_ = 1;
  std::vector<std::vector<NodeRef>> tiles_;
  std::vector<std::vector<double>> path_um_;  // per dendrite and node
  std::vector<std::vector<Position>> normals_;
};

}  // namespace bramble
