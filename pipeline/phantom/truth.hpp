#pragma once

#include "kernels/core/geometry.hpp"
#include "pipeline/phantom/session_view.hpp"
#include "pipeline/records/phantom.hpp"
#include "pipeline/records/phantom_parameters.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace bramble {

// "d01" for dendrite 0; "d01s001" for its spine of serial 0; "b001" and "p001" for bouton and
// punctum 0.
std::string phantom_dendrite_id(std::size_t dendrite);
std::string phantom_spine_id(std::size_t dendrite, std::uint64_t serial);
std::string phantom_bystander_id(const SessionBystander& bystander);

// Where a point of the tissue, in the frame of the session, appears in the stack: its own motion.
using AppearsAt = std::function<Position(Position)>;

// Where the dendrite's nodes appear.
PhantomDendrite describe_path(const SessionDendrite& dendrite, std::size_t index,
                              const AppearsAt& appears_at);

// The truth rows of all spines that a dendrite carries in a session, in the order of
// dendrite.spines; contrast and d_prime are left 0. Those near the border of the volume or outside
// it are there too, marked as edge, so that a spine that leaves the view does not look lost. A
// spine without neighbour on its side has neighbour_um = not_available. A branched spine has one
// row, that of its larger head. Lengths are those of the tissue, positions where it appears.
// Definitions: reference science.md sections 7.4 and 7.10.
std::vector<PhantomSpine> describe_spines(const SessionDendrite& dendrite, std::size_t index,
                                          const PhantomDesign& design, const AppearsAt& appears_at);

// Rows of class "bouton" or "punctum", never scorable, for those whose centre lies within 3 um of a
// dendrite's surface: they belong to the nearest one, their base is the nearest node of it, head
// and tip are their centre.
std::vector<PhantomSpine> describe_bystanders(const SessionTissue& tissue,
                                              const PhantomDesign& design,
                                              const AppearsAt& appears_at);

}  // namespace bramble
