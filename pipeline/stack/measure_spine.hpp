#pragma once

#include "kernels/spine/spine_forms.hpp"
#include "pipeline/records/spine.hpp"
#include "pipeline/stack/spine_candidates.hpp"

namespace bramble {

struct MeasureParams {
  float psf_fwhm_xy_um = 0.45f;
  float psf_fwhm_z_um = 1.9f;
};

// Everything the tables say of one spine but its id.
// Head: the candidate's place. Base: on the centreline beside it.
// Head diameter: of the evenly dyed sphere that, seen through PSF and smoothing, is as bright over
// the shaft's blur as the head is, where shaft and head hold the same dye: with the peaks S(d) of a
// sphere and C(D) of a cylinder (blurred_peak.hpp), S(d) = C(D) (head - shaft model) / shaft. Below
// 0.5 um a width carries almost no size and brightness does (science reference, table 2.1). Between
// 0.2 and 1.5 um.
// Length: from the shaft's surface to the far side of the head, in 3-D. Volume: of the sphere.
// Neck: what is left of the length; its diameter is below the resolution and stays NaN. `forms` on
// the host.
Spine measure_spine(const SpineCandidate& candidate, float probability, const ShaftIndex& shafts,
                    const SpineForms& forms, const MeasureParams& params);

}  // namespace bramble
