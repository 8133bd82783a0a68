#include "pipeline/phantom/row_image.hpp"

#include <algorithm>

namespace bramble {
namespace {

// Sums are kept in registers for this many neighbours at a time.
constexpr int lanes = 16;
static_assert(lanes <= OccupancyRow::padding);

int rounded_up(int size) { return (size + lanes - 1) / lanes * lanes; }

// The smallest x with 2 x >= twice, for either sign.
int half_up(int twice) { return twice >= 0 ? (twice + 1) / 2 : -(-twice / 2); }

// Whether any plane of the box has weight.
bool overlap(const BlurTaps& planes, const FineBox& box) {
  const int size = static_cast<int>(planes.weights.size());
  const int first = std::clamp(box.first_plane - planes.first, 0, size);
  const int end = std::clamp(box.end_plane - planes.first, first, size);
  return std::any_of(planes.weights.begin() + first, planes.weights.begin() + end,
                     [](float weight) { return weight != 0; });
}

}  // namespace

void RowImage::clear() noexcept {
  runs_.clear();
  first_runs_.clear();
  values_.clear();
}

std::span<float> RowImage::add_run(std::size_t slice_and_term, int first_pixel,
                                   std::size_t num_pixels) {
  runs_.push_back({.slice_and_term = slice_and_term,
                   .first_pixel = first_pixel,
                   .first_value = values_.size(),
                   .num_values = num_pixels});
  values_.resize(values_.size() + num_pixels);
  return std::span(values_).last(num_pixels);
}

void RowImage::finish(std::size_t num_slices_and_terms) {
  if (runs_.empty()) {
    return;
  }
  // Stable: runs are added up in the order of the cells.
  std::stable_sort(runs_.begin(), runs_.end(), [](const StoredRun& a, const StoredRun& b) {
    return a.slice_and_term < b.slice_and_term;
  });
  first_runs_.assign(num_slices_and_terms + 1, 0);
  for (const StoredRun& run : runs_) {
    ++first_runs_[run.slice_and_term + 1];
  }
  for (std::size_t i = 0; i < num_slices_and_terms; ++i) {
    first_runs_[i + 1] += first_runs_[i];
  }
}

std::size_t RowImage::num_runs(std::size_t slice_and_term) const noexcept {
  return first_runs_.empty() ? 0 : first_runs_[slice_and_term + 1] - first_runs_[slice_and_term];
}

RowImage::Run RowImage::run(std::size_t slice_and_term, std::size_t i) const noexcept {
  const StoredRun& stored = runs_[first_runs_[slice_and_term] + i];
  return {stored.first_pixel, std::span(values_).subspan(stored.first_value, stored.num_values)};
}

void RowBlur::start_row(int row) {
  const FineGrid& grid = optics_.grid();
  const double y_um = grid.origin.y_um + row * static_cast<double>(grid.spacing.y_um);
  shifts_.clear();
  for (int slice = 0; slice < window_.extent.z; ++slice) {
    shifts_.push_back(optics_.motion().shift_of_tissue(window_.first.z + slice, y_um));
  }
}

void RowBlur::add(const OccupancyRow& occupancy, double gain, RowImage& image) {
  const FineBox& box = occupancy.box();
  for (int slice = 0; slice < window_.extent.z; ++slice) {
    const int stack_slice = window_.first.z + slice;
    const Position shift = shifts_[static_cast<std::size_t>(slice)];
    for (std::size_t term = 0; term < optics_.num_terms(); ++term) {
      const BlurTaps planes = optics_.planes_of(stack_slice, term, shift);
      if (!overlap(planes, box)) {
        continue;
      }
      BlurTaps columns = optics_.columns_of(stack_slice, term, shift);
      columns.first += 2 * window_.first.x;
      const int num_columns = static_cast<int>(columns.weights.size());
      // Pixels whose columns overlap the box.
      const int first_pixel =
          std::max(half_up(box.first_column - num_columns + 1 - columns.first), 0);
      const int end_pixel = std::min(half_up(box.end_column - columns.first), window_.extent.x);
      if (first_pixel >= end_pixel) {
        continue;
      }
      blur_in_depth(occupancy, planes, static_cast<float>(gain));
      const auto pixels =
          image.add_run(static_cast<std::size_t>(slice) * optics_.num_terms() + term, first_pixel,
                        static_cast<std::size_t>(end_pixel - first_pixel));
      blur_along_row(columns, box.first_column, first_pixel, pixels);
    }
  }
}

void RowBlur::blur_in_depth(const OccupancyRow& occupancy, const BlurTaps& planes, float gain) {
  const FineBox& box = occupancy.box();
  const int first = std::max(planes.first, box.first_plane);
  const int end = std::min(planes.first + static_cast<int>(planes.weights.size()), box.end_plane);
  const float* weights = planes.weights.data() + (first - planes.first);
  const float* cells = occupancy.plane(first);
  const int size = box.end_column - box.first_column;
  seen_.resize(static_cast<std::size_t>(rounded_up(size)));
  for (int column = 0; column < size; column += lanes) {
    float sums[lanes] = {};
    for (int plane = 0; plane < end - first; ++plane) {
      const float* from = cells + plane * occupancy.stride() + column;
      for (int lane = 0; lane < lanes; ++lane) {
        sums[lane] += weights[plane] * from[lane];
      }
    }
    for (int lane = 0; lane < lanes; ++lane) {
      seen_[static_cast<std::size_t>(column + lane)] = gain * sums[lane];
    }
  }
  seen_.resize(static_cast<std::size_t>(size));
}

void RowBlur::blur_along_row(const BlurTaps& columns, int first_column, int first_pixel,
                             std::span<float> pixels) {
  // Columns from the first that the first pixel sees, those in even places apart from those in odd
  // ones: neighbouring pixels then read neighbouring columns.
  const int num_weights = static_cast<int>(columns.weights.size());
  const int size = rounded_up(static_cast<int>(pixels.size()));
  const int offset = columns.first + 2 * first_pixel - first_column;
  even_.assign(static_cast<std::size_t>(size + num_weights / 2 + 1), 0.0f);
  odd_.assign(even_.size(), 0.0f);
  const int num_pairs = static_cast<int>(even_.size());
  const int num_seen = static_cast<int>(seen_.size());
  for (int i = std::max(half_up(-offset), 0); i < num_pairs && offset + 2 * i < num_seen; ++i) {
    even_[static_cast<std::size_t>(i)] = seen_[static_cast<std::size_t>(offset + 2 * i)];
  }
  for (int i = std::max(half_up(-offset - 1), 0); i < num_pairs && offset + 2 * i + 1 < num_seen;
       ++i) {
    odd_[static_cast<std::size_t>(i)] = seen_[static_cast<std::size_t>(offset + 2 * i + 1)];
  }
  // Pairs outside [first, end) are dark.
  const int first = std::clamp(half_up(-offset - 1), 0, num_pairs);
  const int end = std::clamp(half_up(num_seen - offset), 0, num_pairs);
  const int num_weight_pairs = (num_weights + 1) / 2;
  for (int pixel = 0; pixel < static_cast<int>(pixels.size()); pixel += lanes) {
    float sums[lanes] = {};
    const int last_pair = std::min(end - pixel, num_weight_pairs);
    for (int pair = std::max(first - pixel - lanes + 1, 0); pair < last_pair; ++pair) {
      const float even_weight = columns.weights[static_cast<std::size_t>(2 * pair)];
      const float odd_weight = 2 * pair + 1 < num_weights
                                   ? columns.weights[static_cast<std::size_t>(2 * pair + 1)]
                                   : 0.0f;
      const float* even = even_.data() + pixel + pair;
      const float* odd = odd_.data() + pixel + pair;
      for (int lane = 0; lane < lanes; ++lane) {
        sums[lane] += even_weight * even[lane] + odd_weight * odd[lane];
      }
    }
    const int num_wanted = std::min(lanes, static_cast<int>(pixels.size()) - pixel);
    for (int lane = 0; lane < num_wanted; ++lane) {
      pixels[static_cast<std::size_t>(pixel + lane)] = sums[lane];
    }
  }
}

void blur_across_rows(const StackOptics& optics, const ImageWindow& window,
                      const std::vector<RowImage>& rows, int first_row, VolumeView<float> image) {
  const std::size_t num_terms = optics.num_terms();
  const int end_row = first_row + static_cast<int>(rows.size());
#pragma omp parallel for collapse(2) schedule(dynamic, 16)
  for (int z = 0; z < window.extent.z; ++z) {
    for (int y = 0; y < window.extent.y; ++y) {
      float* pixels =
          image.data + (static_cast<std::int64_t>(z) * image.extent.y + y) * image.extent.x;
      std::fill(pixels, pixels + image.extent.x, 0.0f);
      for (std::size_t term = 0; term < num_terms; ++term) {
        const std::size_t slice_and_term = static_cast<std::size_t>(z) * num_terms + term;
        const BlurTaps taps = optics.rows_of(window.first.z + z, term, window.first.y + y);
        const int last = std::min(taps.first + static_cast<int>(taps.weights.size()), end_row);
        for (int row = std::max(taps.first, first_row); row < last; ++row) {
          const float weight = taps.weights[static_cast<std::size_t>(row - taps.first)];
          const RowImage& light = rows[static_cast<std::size_t>(row - first_row)];
          const std::size_t num_runs = light.num_runs(slice_and_term);
          for (std::size_t i = 0; i < num_runs; ++i) {
            const RowImage::Run run = light.run(slice_and_term, i);
            float* to = pixels + run.first_pixel;
            for (std::size_t x = 0; x < run.values.size(); ++x) {
              to[x] += weight * run.values[x];
            }
          }
        }
      }
    }
  }
}

}  // namespace bramble
