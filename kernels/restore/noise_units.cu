#include "kernels/restore/noise_units.hpp"

#include "kernels/core/error.hpp"
#include "kernels/core/for_each_voxel.hpp"

#include <cmath>

namespace bramble {

namespace {

template <class Count>
struct ToNoiseUnits {
  VolumeView<const Count> counts;
  BackgroundField background;
  float offset_counts;
  float photons_per_count;
  float read_variance_photons;
  VolumeView<float> excess;

  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    constexpr float least_variance = 1e-6f;
    const float at_voxel = background.at(v);
    const float level = at_voxel > 0 ? at_voxel : 0;
    const float variance = level + read_variance_photons;
    const float photons = (static_cast<float>(counts(v)) - offset_counts) * photons_per_count;
    excess(v) =
        (photons - level) / std::sqrt(variance > least_variance ? variance : least_variance);
  }
};

}  // namespace

void to_noise_units(const Exec& exec, CountsView counts, const PhotonScale& scale,
                    const BackgroundField& background, VolumeView<float> excess) {
  require(counts.extent == excess.extent, "counts and excess differ in extent");
  require(scale.gain_counts > 0, "the gain must be positive");
  counts.visit([&]<class Count>(VolumeView<const Count> voxels) {
    for_each_voxel(exec, voxels.extent,
                   ToNoiseUnits<Count>{voxels, background, scale.offset_counts,
                                       1 / scale.gain_counts, scale.read_variance_photons, excess});
  });
}

}  // namespace bramble
