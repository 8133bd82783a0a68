#pragma once

#include "pipeline/phantom/random.hpp"
#include "pipeline/records/phantom_parameters.hpp"

#include <cstddef>
#include <vector>

namespace bramble {

// Radii at the nodes of a path: log AR(1) around the given diameter with a correlation length of 3
// um, and a taper of 0.1 % per um.
std::vector<double> draw_radii(const PhantomDendriteParameters& parameters, double diameter_um,
                               std::size_t num_nodes, Random& random);

}  // namespace bramble
