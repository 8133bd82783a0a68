#pragma once

#include "kernels/core/volume.hpp"
#include "pipeline/phantom/optics.hpp"
#include "pipeline/phantom/render.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace bramble {

// A cell made ready to be drawn: the parts of its shaft, then those of its spines one by one.
struct DrawnCell {
  double gain = 1;
  std::vector<FinePart> parts;
  std::vector<std::size_t> first_parts;  // of each spine, and the number of all parts

  DrawnCell(const FineGrid& grid, const DyedCell& cell);
  std::span<const FinePart> shaft() const noexcept {
    return std::span(parts).first(first_parts.front());
  }
  std::span<const FinePart> spine(std::size_t i) const noexcept {
    return std::span(parts).subspan(first_parts[i], first_parts[i + 1] - first_parts[i]);
  }
};

std::vector<DrawnCell> draw_cells(const FineGrid& grid, const std::vector<DyedCell>& cells);

// The image of the cells, in units of occupancy: the sum over cells of gain x the cell blurred by
// the PSF, averaged over each pixel in plane and sampled at the slice planes in z, as the motion
// shifts them. Drawn and blurred row by row, only where there are cells: the fine grid of 100 times
// the voxels never exists as a whole. Takes up to 8 bytes a voxel and term of the PSF for a while.
// The same bits for any number of threads.
void image_cells(const StackOptics& optics, const std::vector<DrawnCell>& cells,
                 VolumeView<float> image);

// A window of the image of some parts of one cell.
void image_parts(const StackOptics& optics, double gain, std::span<const FinePart> parts,
                 const ImageWindow& window, VolumeView<float> image);

// What parts touch together; at least one.
FineBounds bounds_of(std::span<const FinePart> parts);

// What the image of a cell would lack without one of its spines: the light of what the spine adds
// to the rest of the cell.
void image_spine(const StackOptics& optics, const DrawnCell& cell, std::size_t spine,
                 const ImageWindow& window, VolumeView<float> image);

}  // namespace bramble
