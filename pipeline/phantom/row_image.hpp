#pragma once

#include "kernels/core/volume.hpp"
#include "pipeline/phantom/optics.hpp"
#include "pipeline/phantom/render.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace bramble {

// One row of the fine grid, blurred in depth and along x, as the slices of a window see it: only
// the runs of pixels that get light.
class RowImage {
 public:
  // The pixels from first_pixel of the window on.
  struct Run {
    int first_pixel = 0;
    std::span<const float> values;
  };

  // Keeps its memory.
  void clear() noexcept;
  // A run of a slice (counted from the window's first) and term of the PSF, dark at first; to be
  // filled before the next one is added.
  std::span<float> add_run(std::size_t slice_and_term, int first_pixel, std::size_t num_pixels);
  // To be called once, after the last run: sorts them.
  void finish(std::size_t num_slices_and_terms);
  std::size_t num_runs(std::size_t slice_and_term) const noexcept;
  Run run(std::size_t slice_and_term, std::size_t i) const noexcept;

 private:
  struct StoredRun {
    std::size_t slice_and_term = 0;
    int first_pixel = 0;
    std::size_t first_value = 0;
    std::size_t num_values = 0;
  };
  std::vector<StoredRun> runs_;
  std::vector<std::size_t> first_runs_;  // of each slice and term; empty without any run
  std::vector<float> values_;
};

// Blurs drawn boxes of the fine grid in depth and along x. Kept by a worker and used again.
class RowBlur {
 public:
  RowBlur(const StackOptics& optics, const ImageWindow& window)
      : optics_(optics), window_(window) {}

  void start_row(int row);
  // `occupancy` lies in the started row.
  void add(const OccupancyRow& occupancy, double gain, RowImage& image);

 private:
  void blur_in_depth(const OccupancyRow& occupancy, const BlurTaps& planes, float gain);
  void blur_along_row(const BlurTaps& columns, int first_column, int first_pixel,
                      std::span<float> pixels);

  const StackOptics& optics_;
  ImageWindow window_;
  std::vector<Position> shifts_;  // of the row at each slice of the window
  std::vector<float> seen_;       // by one slice: the fine columns of the box
  std::vector<float> even_;       // the columns that first, third, ... weights belong to
  std::vector<float> odd_;
};

// Blurs the rows along y into the window's image. rows[i] is row first_row + i of the fine grid;
// those outside are dark.
void blur_across_rows(const StackOptics& optics, const ImageWindow& window,
                      const std::vector<RowImage>& rows, int first_row, VolumeView<float> image);

}  // namespace bramble
