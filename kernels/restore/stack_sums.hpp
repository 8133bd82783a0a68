#pragma once

#include "kernels/core/exec.hpp"
#include "kernels/core/volume.hpp"
#include "kernels/restore/column_sums.hpp"
#include "kernels/restore/photon_data.hpp"

namespace bramble {

// The mean of photons less background, as they are, over the part that `data` names. Cost: one read
// a voxel.
template <class Count>
double mean_signal(const Exec& exec, const PhotonDataOf<Count>& data, ColumnSums& sums);

// The part of the voxels of a restored stack that positivity holds at its floor. Cost: one read a
// voxel.
double floor_frac(const Exec& exec, VolumeView<const float> restored, ColumnSums& sums);

}  // namespace bramble
