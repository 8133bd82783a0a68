#pragma once

#include "kernels/core/geometry.hpp"
#include "pipeline/phantom/blur_kernels.hpp"
#include "pipeline/phantom/motion.hpp"
#include "pipeline/phantom/phantom_field.hpp"
#include "pipeline/phantom/psf_model.hpp"
#include "pipeline/phantom/render.hpp"
#include "pipeline/records/phantom_parameters.hpp"

#include <cstddef>
#include <vector>

namespace bramble {

// A box of the stack's voxels.
struct ImageWindow {
  Voxel first;
  Extent extent;
};

// How deep in the tissue the first slice of a field lies.
double draw_field_depth_um(const PhantomParameters& parameters, PhantomField field);

// The PSF's width at each slice: it grows with the depth in the tissue and, by a factor of its own,
// through the stack.
std::vector<PsfWidth> psf_widths(const PhantomParameters& parameters, double field_depth_um);

// How one stack sees the fine grid: the PSF with its width at each slice, the motion, and the
// pixels. Pixels are two cells wide; a shift of the tissue moves the cells that a sample sees.
class StackOptics {
 public:
  // `widths` has one entry a slice.
  StackOptics(PsfModel psf, std::vector<PsfWidth> widths, StackMotion motion, Extent extent,
              Spacing spacing);

  Extent extent() const noexcept { return extent_; }
  Spacing spacing() const noexcept { return spacing_; }
  const FineGrid& grid() const noexcept { return grid_; }
  const StackMotion& motion() const noexcept { return motion_; }
  const PsfModel& psf() const noexcept { return psf_; }
  std::size_t num_terms() const noexcept { return psf_.num_terms(); }

  // The planes that a slice sees in a row of the grid whose tissue is shifted.
  BlurTaps planes_of(int slice, std::size_t term, Position shift) const noexcept;
  // The columns that pixel 0 of a slice sees there; pixel x sees those 2 x further.
  BlurTaps columns_of(int slice, std::size_t term, Position shift) const noexcept;
  // The rows that row y of a slice sees.
  BlurTaps rows_of(int slice, std::size_t term, int y) const noexcept;
  // The part of the grid whose light can reach a window.
  FineBounds seen_by(const ImageWindow& window) const noexcept;
  // The voxels that the light of a part of the grid can reach, within the stack; empty extents are
  // possible.
  ImageWindow reached_by(const FineBounds& bounds) const noexcept;

 private:
  struct Kernels {
    BlurKernels z;
    BlurKernels y;
    BlurKernels x;
  };
  const Kernels& kernels(int slice, std::size_t term) const noexcept {
    return kernels_[kernel_sets_[static_cast<std::size_t>(slice)] * num_terms() + term];
  }

  PsfModel psf_;
  StackMotion motion_;
  Extent extent_;
  Spacing spacing_;
  FineGrid grid_;
  std::vector<std::size_t> kernel_sets_;  // of each slice; slices of one width share theirs
  std::vector<Kernels> kernels_;          // (set, term)
  Position reach_um_;                     // of the light and the shifts together
};

// As the parameters ask for.
StackOptics make_optics(const PhantomParameters& parameters, PhantomField field,
                        std::size_t session);

}  // namespace bramble
