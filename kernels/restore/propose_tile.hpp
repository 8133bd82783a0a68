#pragma once

#include "kernels/core/exec.hpp"
#include "kernels/core/geometry.hpp"

#include <cstdint>
#include <optional>

namespace bramble {

// What decides how much memory a deconvolution needs.
struct TileProblem {
  Extent image;
  Extent psf;
  Extent overlaps;  // tile_overlaps of the PSF
  bool is_separable = false;
  bool has_total_variation = false;
  Backend backend = Backend::cpu;
  int bytes_per_count = 4;
  int num_threads = 1;  // of the CPU; each has a scratch plane
};

// Memory of a restoration in tiles of this extent: counts and result of the whole image, 8 bytes a
// voxel or 6, and what the engine holds for a padded tile: 12 bytes a voxel in real space (16 on a
// GPU), 20 by Fourier transforms (28, with cuFFT's work area), 4 more for total variation.
std::int64_t restoration_bytes(const TileProblem& problem, Extent tile);

// The tile for Deconvolver with which a restoration needs at most `memory_bytes`: an axis is cut
// into one tile more, always the one that adds the fewest padded voxels to the work, until the tile
// fits. Nothing when the image fits whole. Throws ResourceError when no tile that is wider than
// twice its overlaps fits.
std::optional<Extent> propose_tile(const TileProblem& problem, std::int64_t memory_bytes);

}  // namespace bramble
