#pragma once

#include "pipeline/phantom/psf_model.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace bramble {

// How much wider than the model the PSF is at a slice.
struct PsfWidth {
  double xy = 1;
  double z = 1;

  friend bool operator==(const PsfWidth&, const PsfWidth&) = default;
};

// What one sample gets from the cells of a fine axis around it.
struct BlurTaps {
  int first = 0;  // the cell that the first weight belongs to
  std::span<const float> weights;
};

// The weights of a one-dimensional blur, tabulated for the places between two cells that a sample
// can have: places are rounded to 1/32 of a cell (0.8 nm of a 0.05 um cell).
class BlurKernels {
 public:
  static constexpr int phases_per_cell = 32;

  BlurKernels() = default;
  // The mean over a pixel of two cells of a Gaussian blur. Weights sum to 1.
  static BlurKernels in_plane(double sigma_um, double cell_um);
  // The share of a term at planes around a slice. Weights sum to the term's part of the PSF.
  static BlurKernels in_depth(const PsfModel& psf, std::size_t term, double width, double cell_um);

  // For a sample at `place`, in cells.
  BlurTaps at(double place) const noexcept;
  // The most cells that a sample reaches to either side.
  int reach() const noexcept { return reach_; }

 private:
  explicit BlurKernels(int reach) : reach_(reach) {}
  int num_weights() const noexcept { return 2 * reach_ + 1; }

  int reach_ = 0;
  std::vector<float> weights_;  // (phase, cell)
};

}  // namespace bramble
