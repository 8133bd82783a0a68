#pragma once

#include "kernels/core/counts.hpp"
#include "kernels/core/exec.hpp"
#include "kernels/core/volume.hpp"
#include "pipeline/stack/segment_stack.hpp"
#include "pipeline/stack/spine_smoothing.hpp"

namespace bramble {

// The filtered forms of one stack that tracing and spine detection read, on the host. `stack` in
// the space of `exec`; `work` must outlive what is returned, which the next of these calls that
// names the same volume writes over.

// The medium form of SpineForms, in work.first.
VolumeView<const float> smooth_for_trace(const Exec& exec, CountsView stack,
                                         float background_counts, WorkVolumes& work);

// The restored stack without the grain that restoration leaves, in work.restored.
VolumeView<const float> smooth_for_ridge(const Exec& exec, WorkVolumes& work);

}  // namespace bramble
