#pragma once

#include "kernels/core/exec.hpp"
#include "kernels/core/geometry.hpp"
#include "pipeline/records/manifest.hpp"
#include "pipeline/records/parameters.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bramble {

// The memory that one rank has, and what works with it.
struct RankResources {
  std::int64_t memory_bytes = 0;
  Backend backend = Backend::cpu;
  int num_threads = 1;
};

// What restoring the stacks of one shape, voxel type and PSF takes.
struct RestorationPlan {
  Extent image;
  Extent psf;  // of ranges of depth the largest along each axis
  bool is_separable = false;
  int num_stacks = 0;
  std::int64_t whole_bytes = 0;  // of a rank that restores it whole
  // Nothing when it fits whole; else what `restore.tile` may be, and what a rank needs then.
  std::optional<Extent> tile;
  std::int64_t tiled_bytes = 0;
  std::string problem;  // why nothing fits or no PSF could be had; empty: none
};

// One plan for each kind of stack that can be used, in order of their first stacks. Memory is that
// of the restore stage, which needs the most: restoration_bytes, and the volumes of the other
// stages that are held meanwhile. Reads the PSF files that parameters and archives name.
std::vector<RestorationPlan> plan_restoration(const Manifest& manifest,
                                              const Parameters& parameters,
                                              const RankResources& resources);

// The tile with which every stack fits: of all proposals the smallest along each axis that is also
// one that the restoration takes. Nothing when all fit whole.
std::optional<Extent> common_tile(const std::vector<RestorationPlan>& plans);

}  // namespace bramble
