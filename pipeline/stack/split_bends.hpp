#pragma once

#include "pipeline/stack/join_branches.hpp"

#include <vector>

namespace bramble {

struct SplitBendsParams {
  double reach_um = 5.0;      // directions before and after a bend are taken over this length
  double least_cosine = 0;    // between them: a dendrite does not turn by more than a right angle
  double axial_weight = 0.3;  // of ways in z, which the PSF draws out
};

// Cuts every path where it turns back: two dendrites that run side by side hang together by a link
// of noise or of a spine, and what runs up the one and down the other is two. Cut at the sharpest
// place of each bend; both parts keep it as their end. Bends nearer to an end than the reach stay.
// By decreasing length, as join_branches.
std::vector<ShaftPath> split_bends(const std::vector<ShaftPath>& paths,
                                   const SplitBendsParams& params);

}  // namespace bramble
