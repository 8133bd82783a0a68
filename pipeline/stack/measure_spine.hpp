#pragma once

#include "pipeline/records/spine.hpp"
#include "pipeline/stack/spine_candidates.hpp"
#include "pipeline/stack/spine_features.hpp"

namespace bramble {

struct MeasureParams {
  float psf_fwhm_xy_um = 0.45f;
};

// Everything the tables say of one spine but its id. Head: the candidate's place. Base: on the
// centreline beside it. Length: from the shaft's half-maximum edge to the far side of the head, in
// 3-D with z taken at half weight where it is within the PSF. Head diameter: full width at half
// maximum along the shaft through the head (where the shaft itself does not widen it), turned into
// the diameter of the sphere that reads that wide through the PSF (science reference, table 2.1);
// between 0.2 and 2 um. Volume: of that sphere. Neck: what is left of the length; its diameter is
// below the resolution and stays NaN.
Spine measure_spine(const SpineCandidate& candidate, const SpineFeatures& features,
                    float probability, const ShaftIndex& shafts, const SpineVolumes& volumes,
                    const MeasureParams& params);

// The diameter of a sphere whose image has this full width at half maximum, both in um, for a PSF
// of that width in plane.
double sphere_diameter_um(double fwhm_um, double psf_fwhm_xy_um);

}  // namespace bramble
