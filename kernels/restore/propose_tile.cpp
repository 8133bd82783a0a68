#include "kernels/restore/propose_tile.hpp"

#include "kernels/core/error.hpp"
#include "kernels/core/fft.hpp"
#include "kernels/core/fft_size.hpp"

#include <array>
#include <string>

namespace bramble {

namespace {

constexpr std::int64_t float_bytes = sizeof(float);
constexpr std::int64_t complex_bytes = sizeof(Complex);

Extent padded_tile(const TileProblem& problem, Extent tile) {
  const Extent full{tile.z + problem.psf.z - 1, tile.y + problem.psf.y - 1,
                    tile.x + problem.psf.x - 1};
  if (problem.is_separable) {
    return full;
  }
  return {fast_fft_size(full.z), fast_fft_size(full.y), fast_fft_row_size(full.x)};
}

std::int64_t engine_bytes(const TileProblem& problem, Extent tile) {
  const Extent padded = padded_tile(problem, tile);
  const bool is_on_gpu = problem.backend == Backend::cuda;
  // Estimate and prediction, and the blurred object or H'1. On a GPU the model besides.
  int num_volumes = 3 + (problem.has_total_variation ? 1 : 0) + (is_on_gpu ? 1 : 0);
  std::int64_t num_bytes = 0;
  if (!problem.is_separable) {
    num_volumes += is_on_gpu ? 1 : 0;  // cuFFT's work area
    num_bytes += 2 * complex_bytes * Fft3d::spectrum_extent_of(padded).num_voxels();
  }
  if (!is_on_gpu) {
    num_bytes += float_bytes * problem.num_threads * std::int64_t{padded.y} * padded.x;
  }
  return num_bytes + num_volumes * float_bytes * padded.num_voxels();
}

// One axis of the image, cut into tiles of one size.
struct Cut {
  int size = 0;
  int overlap = 0;
  int num_tiles = 1;

  int tile() const {
    const std::int64_t covered = size + std::int64_t{num_tiles - 1} * overlap;
    return static_cast<int>((covered + num_tiles - 1) / num_tiles);
  }
  Cut finer() const { return {size, overlap, num_tiles + 1}; }
  bool can_be_finer() const { return finer().tile() < tile() && finer().tile() > 2 * overlap; }
};

using Cuts = std::array<Cut, 3>;

Extent tile_of(const Cuts& cuts) { return {cuts[0].tile(), cuts[1].tile(), cuts[2].tile()}; }

// Padded voxels of all tiles.
double work_of(const TileProblem& problem, const Cuts& cuts) {
  double num_tiles = 1;
  for (const Cut& cut : cuts) {
    num_tiles *= cut.num_tiles;
  }
  return num_tiles * static_cast<double>(padded_tile(problem, tile_of(cuts)).num_voxels());
}

// With one tile more along one axis; nothing when no axis can have one.
std::optional<Cuts> finer_cuts(const TileProblem& problem, const Cuts& cuts) {
  std::optional<Cuts> best;
  for (std::size_t axis = 0; axis < cuts.size(); ++axis) {
    if (!cuts[axis].can_be_finer()) {
      continue;
    }
    Cuts finer = cuts;
    finer[axis] = cuts[axis].finer();
    if (!best || work_of(problem, finer) < work_of(problem, *best)) {
      best = finer;
    }
  }
  return best;
}

std::string text_of(Extent extent) {
  return std::to_string(extent.z) + " x " + std::to_string(extent.y) + " x " +
         std::to_string(extent.x);
}

}  // namespace

std::int64_t restoration_bytes(const TileProblem& problem, Extent tile) {
  return problem.image.num_voxels() * (problem.bytes_per_count + float_bytes) +
         engine_bytes(problem, tile);
}

std::optional<Extent> propose_tile(const TileProblem& problem, std::int64_t memory_bytes) {
  const Extent image = problem.image;
  require(image.num_voxels() > 0, "an empty image cannot be cut into tiles");
  if (restoration_bytes(problem, image) <= memory_bytes) {
    return std::nullopt;
  }
  Cuts cuts = {Cut{image.z, problem.overlaps.z}, Cut{image.y, problem.overlaps.y},
               Cut{image.x, problem.overlaps.x}};
  while (restoration_bytes(problem, tile_of(cuts)) > memory_bytes) {
    const std::optional<Cuts> finer = finer_cuts(problem, cuts);
    if (!finer) {
      throw ResourceError("a restoration of " + text_of(image) + " voxels with a PSF of " +
                          text_of(problem.psf) + " needs " +
                          std::to_string(restoration_bytes(problem, tile_of(cuts))) +
                          " bytes even in tiles of " + text_of(tile_of(cuts)) + ", and there are " +
                          std::to_string(memory_bytes) + "; crop the PSF or use more memory");
    }
    cuts = *finer;
  }
  return tile_of(cuts);
}

}  // namespace bramble
