#pragma once

#include "kernels/core/geometry.hpp"
#include "pipeline/phantom/phantom_field.hpp"
#include "pipeline/records/phantom.hpp"
#include "pipeline/records/phantom_parameters.hpp"

#include <cstddef>
#include <vector>

namespace bramble {

// What the scanner did during a stack: how far the tissue that each row of each slice shows is
// shifted. Between the first rows of two slices the shift changes linearly, row by row. Beyond the
// first and last slice and row everything stays as it is there.
class StackMotion {
 public:
  // One entry a slice, at least one. `axial_sigma_um` is the PSF's: over how much depth a point is
  // seen.
  StackMotion(std::vector<PhantomSliceMotion> slices, Extent extent, Spacing spacing,
              double axial_sigma_um);

  // Where the tissue's points appear minus where they are, at a row of the stored image.
  Position shift_at(int slice, double row) const noexcept;
  // The shift of the tissue that lies at y_um before the shift.
  Position shift_of_tissue(int slice, double y_um) const noexcept;
  bool dropped(int slice) const noexcept {
    return slices_[static_cast<std::size_t>(slice)].dropped;
  }
  // The largest shift along each axis, not negative.
  Position reach() const noexcept { return reach_; }
  const std::vector<PhantomSliceMotion>& slices() const noexcept { return slices_; }

  // Where a point of the tissue appears in the stored stack: the mean over the slices that see it,
  // weighted by how bright they see it. Slices beyond the ends count as if they had been recorded,
  // so that points outside stay outside. Without motion exactly p.
  Position appears_at(Position p) const noexcept;

 private:
  std::vector<PhantomSliceMotion> slices_;
  int num_rows_;
  Spacing spacing_;
  double axial_sigma_um_;
  Position reach_;
};

// Slice shifts follow each other (an AR(1) process); now and then one slice jumps in plane or holds
// no light (never the first or last).
std::vector<PhantomSliceMotion> draw_motion(const PhantomParameters& parameters, PhantomField field,
                                            std::size_t session);

}  // namespace bramble
