#pragma once

#include "kernels/core/counts.hpp"
#include "kernels/core/exec.hpp"
#include "kernels/core/volume.hpp"
#include "kernels/restore/background_field.hpp"
#include "pipeline/stack/noise_model.hpp"

namespace bramble {

// The slowly varying background of a stack, a plane of nodes a slice, in photons.
struct Background {
  Volume<float> nodes;  // on the host
  float rows_per_node = 1;
  float columns_per_node = 1;

  // As restoration reads it; valid as long as this object. For the CPU.
  BackgroundField field() const noexcept { return {nodes.view(), rows_per_node, columns_per_node}; }
};

// Estimates it: the stack is averaged to about half a micrometre, so that structures stand out of
// the noise; of the values within 5 um of a node, those near the mode are averaged (clipped at 1.5
// standard deviations above, where structures and their blur are, and at 3 below, and the bias of
// that added back); a node far above its slice, as in a soma, is cut down; the nodes, 8 um apart,
// are smoothed over their neighbours and over slices. Photons are (counts - offset) / gain; without
// a known gain, counts above the offset. `stack` in the space of `exec`; one read of every voxel.
Background estimate_background(const Exec& exec, CountsView stack, const NoiseModel& noise);

}  // namespace bramble
