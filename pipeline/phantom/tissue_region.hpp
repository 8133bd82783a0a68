#pragma once

#include "kernels/core/geometry.hpp"
#include "pipeline/records/phantom_parameters.hpp"

namespace bramble {

// A box in the frame of the field's first session.
struct TissueBox {
  Position low;
  Position high;

  Position size() const noexcept { return high - low; }
  bool contains(Position p) const noexcept {
    return p.z_um >= low.z_um && p.z_um <= high.z_um && contains_in_plane(p);
  }
  bool contains_in_plane(Position p) const noexcept {
    return p.y_um >= low.y_um && p.y_um <= high.y_um && p.x_um >= low.x_um && p.x_um <= high.x_um;
  }
};

// From the centre of the first voxel to that of the last.
TissueBox imaged_box(const PhantomDesign& design);

// The imaged box without what lies within 1.0 um (1.5 um in z) of its border: elsewhere spines are
// not scored.
TissueBox off_edge_box(const PhantomDesign& design);

// What later sessions may see of the tissue: the imaged box, larger by 2 um, four standard
// deviations of the pose's shift, three of its warp, and what a turn by three standard deviations
// moves the corners.
TissueBox tissue_box(const PhantomParameters& parameters);

}  // namespace bramble
