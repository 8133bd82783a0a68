#pragma once

#include "kernels/core/exec.hpp"
#include "kernels/spine/spine_forms.hpp"

namespace bramble {

// What a spine adds to the stack, three ways. Candidates are the maxima of each.

// fine - model in units of its noise (what the shaft alone does not explain).
void excess_over_shaft(const Exec& exec, const SpineForms& forms, const Station* stations,
                       VolumeView<float> excess);

// Blob response in units of its noise; 0 where it is below 2 % of the shaft's brightness.
void blob_over_noise(const Exec& exec, const SpineForms& forms, const Station* stations,
                     VolumeView<float> blob);

// (restored - restored_model) / restored brightness of the shaft.
void restored_excess(const Exec& exec, const SpineForms& forms, const Station* stations,
                     VolumeView<float> excess);

}  // namespace bramble
