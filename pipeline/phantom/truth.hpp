#pragma once

#include "kernels/core/geometry.hpp"
#include "pipeline/phantom/session_view.hpp"
#include "pipeline/records/phantom.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace bramble {

// "d01" for dendrite 0; "d01s001" for its spine of serial 0.
std::string phantom_dendrite_id(std::size_t dendrite);
std::string phantom_spine_id(std::size_t dendrite, std::uint64_t serial);

// The truth rows of all spines that a dendrite carries in a session. Those near the border of the
// volume or outside it are there too, marked as edge, so that a spine that leaves the view does not
// look lost. A spine without neighbour on its side has neighbour_um = not_available. Definitions:
// reference science.md sections 7.4 and 7.10.
std::vector<PhantomSpine> describe_spines(const SessionDendrite& dendrite, std::size_t index,
                                          Extent extent, Spacing spacing);

}  // namespace bramble
