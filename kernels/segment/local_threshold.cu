#include "kernels/segment/local_threshold.hpp"

#include "kernels/core/for_each_voxel.hpp"

namespace bramble {

namespace {

// Decides the 64 voxels of one word of both masks.
struct ThresholdWord {
  VolumeView<const float> values;
  VolumeView<const float> local_mean;
  LocalThresholdParams params;
  BitView low;
  BitView high;

  // v.x is the word, not the voxel.
  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    const int first = v.x * 64;
    const int last = first + 64 < values.extent.x ? first + 64 : values.extent.x;
    const std::int64_t row = values.extent.index({v.z, v.y, 0});
    std::uint64_t low_word = 0;
    std::uint64_t high_word = 0;
    for (int x = first; x < last; ++x) {
      const float excess = values.data[row + x] - params.background_counts;
      const float surround =
          params.local_ratio * (local_mean.data[row + x] - params.background_counts);
      const bool stands_out = excess > surround;
      low_word |= static_cast<std::uint64_t>(stands_out && excess > params.low_threshold_counts)
                  << (x - first);
      high_word |= static_cast<std::uint64_t>(stands_out && excess > params.high_threshold_counts)
                   << (x - first);
    }
    low.words[low.word_index(v.z, v.y, v.x)] = low_word;
    high.words[high.word_index(v.z, v.y, v.x)] = high_word;
  }
};

}  // namespace

void threshold_locally(const Exec& exec, VolumeView<const float> values,
                       VolumeView<const float> local_mean, const LocalThresholdParams& params,
                       BitVolume& low, BitVolume& high) {
  require(values.extent == local_mean.extent, "values and local mean differ in extent");
  require(params.low_threshold_counts <= params.high_threshold_counts,
          "the low threshold is above the high one");
  low.reshape(exec, values.extent);
  high.reshape(exec, values.extent);
  const Extent words{values.extent.z, values.extent.y,
                     static_cast<int>(low.view().words_per_row())};
  for_each_voxel(exec, words, ThresholdWord{values, local_mean, params, low.view(), high.view()});
}

}  // namespace bramble
