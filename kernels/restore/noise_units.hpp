#pragma once

#include "kernels/core/counts.hpp"
#include "kernels/core/exec.hpp"
#include "kernels/core/volume.hpp"
#include "kernels/restore/background_field.hpp"
#include "kernels/restore/deconvolution.hpp"

namespace bramble {

// By how much each voxel stands out of the background there, in standard deviations of the noise of
// that background: (photons - b) / sqrt(b + read variance), b the background, at least 0, and the
// variance at least 1e-6. Without light the result has mean 0 and variance 1 wherever it lies.
// `counts` and `excess` of one extent, with the background in the space of `exec`; `excess` may be
// `counts`. Throws InvalidArgument when the extents differ. Cost: one read and one write a voxel.
void to_noise_units(const Exec& exec, CountsView counts, const PhotonScale& scale,
                    const BackgroundField& background, VolumeView<float> excess);

}  // namespace bramble
