#pragma once

#include "kernels/core/host_device.hpp"
#include "kernels/core/volume.hpp"
#include "kernels/restore/background_field.hpp"

namespace bramble {

// Part of a stack as the engines of deconvolution read it: counts, float or 16-bit, become photons
// where they are used, so that no copy in photons exists, and both give the same bits. Voxels of
// the part are counted from its origin.
template <class Count>
struct PhotonDataOf {
  VolumeView<const Count> counts;
  BackgroundField background;
  VolumeView<const float> held_out;  // photons kept back; no data: none
  Voxel origin;
  Extent part;
  float offset_counts = 0;
  float photons_per_count = 1;
  float read_variance_photons = 0;
  float saturation_counts = 0;
  float held_out_ratio = 0;

  struct Row {
    const Count* counts;
    const float* held_out;
    float offset_counts;
    float photons_per_count;
    float read_variance_photons;
    float saturation_counts;
    float held_out_ratio;

    BRAMBLE_HD float count(int x) const noexcept { return static_cast<float>(counts[x]); }
    BRAMBLE_HD bool is_saturated(int x) const noexcept { return count(x) >= saturation_counts; }
    BRAMBLE_HD float unshifted_photons(int x) const noexcept {
      return (count(x) - offset_counts) * photons_per_count;
    }
    // Photons plus read variance, as the model has them too; negative ones only here become 0.
    BRAMBLE_HD float photons(int x) const noexcept {
      const float shifted = unshifted_photons(x) + read_variance_photons;
      return shifted > 0 ? shifted : 0;
    }
  };

  BRAMBLE_HD Row row_at(int z, int y) const noexcept {
    const std::int64_t first = counts.extent.index({origin.z + z, origin.y + y, origin.x});
    return {counts.data + first,   held_out.data == nullptr ? nullptr : held_out.data + first,
            offset_counts,         photons_per_count,
            read_variance_photons, saturation_counts,
            held_out_ratio};
  }

  // Calls body(segment, x, end_x) for the pieces of columns [first_x, end_x) of a row in which the
  // background is linear; segment.at takes x + origin.x.
  template <class Body>
  BRAMBLE_HD void for_each_segment(int z, int y, int first_x, int end_x,
                                   const Body& body) const noexcept {
    const BackgroundField::Row row = background.row_at(origin.z + z, origin.y + y);
    for (int x = first_x; x < end_x;) {
      const BackgroundField::Segment segment = row.segment_at(x + origin.x);
      const int end = segment.end_x - origin.x < end_x ? segment.end_x - origin.x : end_x;
      body(segment, x, end);
      x = end;
    }
  }
};
using PhotonData = PhotonDataOf<float>;

}  // namespace bramble
