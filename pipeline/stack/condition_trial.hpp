#pragma once

#include "kernels/core/counts.hpp"
#include "kernels/core/exec.hpp"
#include "kernels/core/volume.hpp"
#include "kernels/restore/stack_psf.hpp"
#include "pipeline/records/condition_trial.hpp"
#include "pipeline/stack/choose_psf.hpp"
#include "pipeline/stack/noise_model.hpp"

#include <functional>
#include <limits>

namespace bramble {

struct ConditionTrialParams {
  int max_iterations = 60;
  // The part of the stack that is looked at: its brightest window of this many voxels in y and x,
  // all slices.
  int window_rows = 256;
  int window_columns = 256;
  double held_out_frac = 0.1;
  // Voxels at or above it say only "at least so much light", as in the restoration.
  float saturation_counts = std::numeric_limits<float>::infinity();
};

// How a stack is restored best with a PSF, judged by a tenth of its photons that the restoration
// does not see: the number of iterations with the highest likelihood of the held-out photons, with
// more weight where there is structure (HeldOut of deconvolution.hpp). A pure function of its
// arguments. Where photons cannot be held out, the trial says why. Cost: a restoration of the
// window, some seconds.
ConditionTrial try_iterations(const Exec& exec, CountsView counts, const NoiseModel& noise,
                              const StackPsf& psf, const ConditionTrialParams& params);

// The same for a PSF that is only assumed, whose width along z is tried from 0.7 to 1.4 times: the
// widest PSF that explains the held-out photons as well as the best one. The width in plane stays
// as assumed: the likelihood hardly depends on it. `psf_of` gives the stretched PSF. Seven times
// the cost.
ConditionTrial try_widths(const Exec& exec, CountsView counts, const NoiseModel& noise,
                          const std::function<Volume<float>(PsfStretch)>& psf_of,
                          const ConditionTrialParams& params);

}  // namespace bramble
