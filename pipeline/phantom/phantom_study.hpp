#pragma once

#include "pipeline/records/phantom.hpp"
#include "pipeline/records/phantom_parameters.hpp"

#include <cstddef>
#include <vector>

namespace bramble {

// The identities of all stacks of the study, by subject, field, session: phantom_stack(p, i) makes
// the i-th. Throws InvalidArgument when a parameter is out of range, as all of these do.
std::vector<StackIdentity> phantom_identities(const PhantomParameters& parameters);

// One stack with its truth. About 0.5 s on one core for 24 x 320 x 320 voxels
// (bench/phantom_bench.cpp). Throws InvalidArgument when i is not a stack of the study.
PhantomStack phantom_stack(const PhantomParameters& parameters, std::size_t i);

// Its truth without an image: no counts, no contrast, no d'. Milliseconds.
PhantomStack phantom_truth(const PhantomParameters& parameters, std::size_t i);

// The PSF that a user would assume: Gaussian, 0.45 x 1.9 um, whatever the study is blurred with.
// Unit sum, sampled at the study's voxels, odd in every direction.
Volume<float> phantom_assumed_psf(const PhantomParameters& parameters);

// Exact counts of the whole study.
struct PhantomEvents {
  std::vector<PhantomTransitionRow> transitions;
  std::vector<PhantomSummaryRow> summary;
};
PhantomEvents phantom_events(const PhantomParameters& parameters);

}  // namespace bramble
