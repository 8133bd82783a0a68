#pragma once

#include "kernels/core/volume.hpp"

#include <cstdint>

namespace bramble {

// A binary volume (0 and 1) like segmented dendrites: curved tubes of 3 to 8 voxels radius,
// crossing each other, until 3 % of the voxels are foreground. The same on every call.
Volume<std::uint8_t> make_tube_volume(Extent extent, Spacing spacing);

}  // namespace bramble
