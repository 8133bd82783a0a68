#include "pipeline/stack/mean_variance.hpp"

#include "kernels/core/middle_value.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace bramble {

namespace {

constexpr std::int64_t target_samples = 1'000'000;
constexpr int num_bins = 24;
constexpr std::size_t smallest_bin = 200;
constexpr double lowest_quantile = 0.02;
constexpr double highest_quantile = 0.999;
// Nothing but a fault of the detector is this far off.
constexpr float clip_sigma = 6;

// How far apart the voxels of one residual lie. More than 1 where a detector's filter or resampling
// ties neighbours together.
struct Pitch {
  int y = 1;
  int x = 1;
};
constexpr int largest_pitch = 3;

// One place of the stack, three ways.
struct Sample {
  float surround;  // mean of the frame around its 3 x 3 voxels, to sort it by
  float mean;      // of the 3 x 3 voxels, each as much as it adds to the variance of `residual`
  float residual;  // what a surface bent along y and x leaves, scaled to a voxel's noise
};

int sample_stride(const Extent& extent) {
  return std::max(1, static_cast<int>(extent.num_voxels() / target_samples));
}

// The residual is that of Immerkaer 1996, doi 10.1006/cviu.1996.0060.
template <class Count>
Sample sample_at(VolumeView<const Count> counts, Voxel v, Pitch pitch) {
  const auto at = [&](int dy, int dx) {
    return static_cast<float>(counts(v.z, v.y + dy, v.x + dx));
  };
  const int frame_y = pitch.y + 1;
  const int frame_x = pitch.x + 1;
  float frame = 0;
  for (int dx = -frame_x; dx <= frame_x; ++dx) {
    frame += at(-frame_y, dx) + at(frame_y, dx);
  }
  for (int dy = -pitch.y; dy <= pitch.y; ++dy) {
    frame += at(dy, -frame_x) + at(dy, frame_x);
  }
  const int y = pitch.y;
  const int x = pitch.x;
  const float centre = at(0, 0);
  const float sides = at(-y, 0) + at(y, 0) + at(0, -x) + at(0, x);
  const float corners = at(-y, -x) + at(-y, x) + at(y, -x) + at(y, x);
  return {.surround = frame / static_cast<float>(2 * (2 * frame_x + 1) + 2 * (2 * pitch.y + 1)),
          .mean = (16 * centre + 4 * sides + corners) / 36,
          .residual = (4 * centre - 2 * sides + corners) / 6};
}

template <class Count>
bool is_saturated(VolumeView<const Count> counts, Voxel v, Pitch pitch, float saturation) {
  for (int dy = -pitch.y; dy <= pitch.y; dy += pitch.y) {
    for (int dx = -pitch.x; dx <= pitch.x; dx += pitch.x) {
      if (static_cast<float>(counts(v.z, v.y + dy, v.x + dx)) >= saturation) {
        return true;
      }
    }
  }
  return false;
}

template <class Count>
std::vector<Sample> gather(VolumeView<const Count> counts, float saturation, Pitch pitch,
                           int stride) {
  const Extent extent = counts.extent;
  const int margin_y = pitch.y + 1;
  const int margin_x = pitch.x + 1;
  std::vector<Sample> samples;
  std::int64_t visited = 0;
  for (int z = 0; z < extent.z; ++z) {
    for (int y = margin_y; y + margin_y < extent.y; ++y) {
      for (int x = margin_x; x + margin_x < extent.x; ++x) {
        if (visited++ % stride == 0 && !is_saturated(counts, {z, y, x}, pitch, saturation)) {
          samples.push_back(sample_at(counts, {z, y, x}, pitch));
        }
      }
    }
  }
  return samples;
}

MeanVariance bin_of(const std::vector<Sample>& samples, std::size_t begin, std::size_t end) {
  std::vector<float> sizes;
  for (std::size_t k = begin; k < end; ++k) {
    sizes.push_back(std::abs(samples[k].residual));
  }
  // Counts of a few steps have no useful median.
  const float limit =
      clip_sigma *
      std::max(static_cast<float>(sigma_per_median_deviation) * middle_value(sizes), 1.0f);
  double mean = 0;
  double square = 0;
  for (std::size_t k = begin; k < end; ++k) {
    const double size = static_cast<double>(std::min(sizes[k - begin], limit));
    mean += static_cast<double>(samples[k].mean);
    square += size * size;
  }
  const double count = static_cast<double>(end - begin);
  return {mean / count, square / count};
}

// Sorted by the surround, which shares no voxel with mean and residual: a bin's mean and variance
// are then those of one expected brightness.
std::vector<MeanVariance> bin_by_surround(std::vector<Sample> samples) {
  std::stable_sort(samples.begin(), samples.end(),
                   [](const Sample& a, const Sample& b) { return a.surround < b.surround; });
  const auto at = [&](int k) {
    const double quantile = lowest_quantile + (highest_quantile - lowest_quantile) * k / num_bins;
    return static_cast<std::size_t>(quantile * static_cast<double>(samples.size()));
  };
  std::vector<MeanVariance> bins;
  for (int i = 0; i < num_bins; ++i) {
    if (at(i + 1) - at(i) >= smallest_bin) {
      bins.push_back(bin_of(samples, at(i), at(i + 1)));
    }
  }
  return bins;
}

// Of the darker third, where there is hardly any structure.
template <class Count>
double dark_variance(VolumeView<const Count> counts, float saturation, Pitch pitch, int stride) {
  constexpr double dark_frac = 0.3;
  std::vector<Sample> samples = gather(counts, saturation, pitch, stride);
  const auto end = static_cast<std::size_t>(dark_frac * static_cast<double>(samples.size()));
  if (end == 0) {
    return 0;
  }
  std::nth_element(samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(end),
                   samples.end(),
                   [](const Sample& a, const Sample& b) { return a.surround < b.surround; });
  return bin_of(samples, 0, end).variance;
}

// The smallest pitch along each axis from which on the variance does not grow any more.
template <class Count>
Pitch choose_pitch(VolumeView<const Count> counts, float saturation, int stride) {
  constexpr double growth = 1.15;
  const auto choose = [&](int Pitch::*axis, Pitch pitch) {
    double here = dark_variance(counts, saturation, pitch, stride);
    while (pitch.*axis < largest_pitch) {
      Pitch wider = pitch;
      ++(wider.*axis);
      const double variance = dark_variance(counts, saturation, wider, stride);
      if (variance < growth * here) {
        break;
      }
      pitch = wider;
      here = variance;
    }
    return pitch;
  };
  return choose(&Pitch::y, choose(&Pitch::x, {}));
}

template <class Count>
std::vector<MeanVariance> variances_of(VolumeView<const Count> counts, float saturation_counts) {
  const int stride = sample_stride(counts.extent);
  // The pitch needs fewer samples than the line.
  const Pitch pitch = choose_pitch(counts, saturation_counts, 4 * stride + 1);
  return bin_by_surround(gather(counts, saturation_counts, pitch, stride));
}

}  // namespace

std::vector<MeanVariance> mean_variance(CountsView counts, float saturation_counts) {
  return counts.visit([&](auto voxels) { return variances_of(voxels, saturation_counts); });
}

}  // namespace bramble
