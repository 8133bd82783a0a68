#pragma once

#include "kernels/core/exec.hpp"
#include "kernels/core/volume.hpp"
#include "kernels/spine/straight_grid.hpp"

namespace bramble {

// Which brightness of a station a form of the stack is measured by.
enum class ShaftScale { counts, restored };

// What the shaft alone would look like: relative to the brightness of the shaft, the 30 % quantile
// over 5 um along it of what lies at the same depth and distance, of the dimmer side, averaged over
// 1.9 um along and never rising outwards; times the brightness. Spines cover less than two thirds
// of any side, so the quantile does not see them (reference spine-detection-experiments.md, 2.2).
// `quantile` is work space of the same extent. Cost: 42 reads and some hundred comparisons a
// sample.
void model_shaft(const Exec& exec, VolumeView<const float> straight, const Station* stations,
                 ShaftScale scale, VolumeView<float> quantile, VolumeView<float> model);

}  // namespace bramble
