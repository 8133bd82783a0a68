#pragma once

#include "kernels/core/geometry.hpp"
#include "pipeline/phantom/bystanders.hpp"
#include "pipeline/phantom/render.hpp"
#include "pipeline/phantom/spine_shape.hpp"
#include "pipeline/phantom/tissue_region.hpp"

#include <cstddef>
#include <vector>

namespace bramble {

// A process as capsules from every `stride`-th node to the next, and to the last. Capsules whose
// ends both lie outside the window are left out.
DyedBody dye_process(const std::vector<Position>& nodes, const std::vector<double>& radius_um,
                     std::size_t stride, const TissueBox& window);

// A spine from its base on the shaft's axis, so that a sessile head hangs on the shaft too; what
// overlaps counts once.
DyedBody dye_spine(const SpineShape& shape);

Spheroid dye_ball(const Ball& ball);

}  // namespace bramble
