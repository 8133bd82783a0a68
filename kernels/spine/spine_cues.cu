#include "kernels/spine/spine_cues.hpp"

#include "kernels/core/for_each_voxel.hpp"

namespace bramble {

namespace {

constexpr float least_blob_over_shaft = 0.02f;

struct ExcessOverShaft {
  SpineForms forms;
  const Station* stations;
  VolumeView<float> excess;

  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    const float noise = forms.fine_noise_gain * forms.noise.at(forms.medium(v));
    excess(v) = stations[v.y].last < 0 ? 0 : (forms.fine(v) - forms.model(v)) / noise;
  }
};

struct BlobOverNoise {
  SpineForms forms;
  const Station* stations;
  VolumeView<float> blob;

  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    const float value = forms.blob(v);
    const float noise = forms.blob_noise_gain * forms.noise.at(forms.medium(v));
    blob(v) = stations[v.y].last < 0 || value < least_blob_over_shaft * stations[v.y].shaft
                  ? 0
                  : value / noise;
  }
};

struct RestoredExcess {
  SpineForms forms;
  const Station* stations;
  VolumeView<float> excess;

  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    excess(v) = stations[v.y].last < 0
                    ? 0
                    : (forms.restored(v) - forms.restored_model(v)) / stations[v.y].restored;
  }
};

}  // namespace

void excess_over_shaft(const Exec& exec, const SpineForms& forms, const Station* stations,
                       VolumeView<float> excess) {
  for_each_voxel(exec, excess.extent, ExcessOverShaft{forms, stations, excess});
}

void blob_over_noise(const Exec& exec, const SpineForms& forms, const Station* stations,
                     VolumeView<float> blob) {
  for_each_voxel(exec, blob.extent, BlobOverNoise{forms, stations, blob});
}

void restored_excess(const Exec& exec, const SpineForms& forms, const Station* stations,
                     VolumeView<float> excess) {
  for_each_voxel(exec, excess.extent, RestoredExcess{forms, stations, excess});
}

}  // namespace bramble
