#include "kernels/align/correlation_peaks.hpp"

#include "kernels/core/top_of_parabola.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace bramble {

namespace {

int wrapped(int index, int length) { return (index % length + length) % length; }

// The voxel that stands for a shift.
Voxel voxel_of(Extent extent, Voxel shift) {
  return {wrapped(shift.z, extent.z), wrapped(shift.y, extent.y), wrapped(shift.x, extent.x)};
}

// Higher than every neighbour; of equal neighbours the one with the lowest index is the maximum.
bool is_local_maximum(VolumeView<const float> correlation, Voxel shift) {
  const Extent extent = correlation.extent;
  const Voxel centre = voxel_of(extent, shift);
  const float height = correlation(centre);
  for (int z = -1; z <= 1; ++z) {
    for (int y = -1; y <= 1; ++y) {
      for (int x = -1; x <= 1; ++x) {
        const Voxel other = voxel_of(extent, {shift.z + z, shift.y + y, shift.x + x});
        const float value = correlation(other);
        if (value > height || (value == height && extent.index(other) < extent.index(centre))) {
          return false;
        }
      }
    }
  }
  return true;
}

double offset_along(float below, float centre, float above) {
  if (below > 0 && centre > 0 && above > 0) {
    return top_of_parabola(std::log(static_cast<double>(below)),
                           std::log(static_cast<double>(centre)),
                           std::log(static_cast<double>(above)));
  }
  return top_of_parabola(static_cast<double>(below), static_cast<double>(centre),
                         static_cast<double>(above));
}

CorrelationPeak refined(VolumeView<const float> correlation, Voxel shift) {
  const auto at = [&](int z, int y, int x) {
    return correlation(voxel_of(correlation.extent, {shift.z + z, shift.y + y, shift.x + x}));
  };
  const Extent extent = correlation.extent;
  const float height = at(0, 0, 0);
  return {
      .shift_z_vox = shift.z + (extent.z > 2 ? offset_along(at(-1, 0, 0), height, at(1, 0, 0)) : 0),
      .shift_y_vox = shift.y + (extent.y > 2 ? offset_along(at(0, -1, 0), height, at(0, 1, 0)) : 0),
      .shift_x_vox = shift.x + (extent.x > 2 ? offset_along(at(0, 0, -1), height, at(0, 0, 1)) : 0),
      .height = height};
}

struct Candidate {
  Voxel shift;
  float height = 0;
};

// A shift of half the length or more would be the same voxel as one the other way.
int searchable(int range, int length) { return std::min(range, (length - 1) / 2); }

}  // namespace

std::vector<CorrelationPeak> highest_peaks(VolumeView<const float> correlation, Extent range,
                                           int count) {
  const Extent extent = correlation.extent;
  const Voxel last{searchable(range.z, extent.z), searchable(range.y, extent.y),
                   searchable(range.x, extent.x)};
  std::vector<Candidate> best;  // by falling height, then as they come
  for (int z = -last.z; z <= last.z; ++z) {
    for (int y = -last.y; y <= last.y; ++y) {
      for (int x = -last.x; x <= last.x; ++x) {
        const Voxel shift{z, y, x};
        const float height = correlation(voxel_of(extent, shift));
        const bool full = static_cast<int>(best.size()) == count;
        if (!(height > 0) || (full && height <= best.back().height) ||
            !is_local_maximum(correlation, shift)) {
          continue;
        }
        if (full) {
          best.pop_back();
        }
        const auto place = std::upper_bound(
            best.begin(), best.end(), height,
            [](float value, const Candidate& other) { return value > other.height; });
        best.insert(place, {shift, height});
      }
    }
  }
  std::vector<CorrelationPeak> peaks;
  for (const Candidate& candidate : best) {
    peaks.push_back(refined(correlation, candidate.shift));
  }
  return peaks;
}

}  // namespace bramble
