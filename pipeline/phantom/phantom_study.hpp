#pragma once

#include "pipeline/records/phantom.hpp"

#include <cstddef>
#include <vector>

namespace bramble {

// The identities of all stacks of the study, by subject, field, session: phantom_stack(p, i) makes
// the i-th.
std::vector<StackIdentity> phantom_identities(const PhantomParameters& parameters);

// Throws InvalidArgument when a parameter is out of range or i is not a stack of the study.
PhantomStack phantom_stack(const PhantomParameters& parameters, std::size_t i);

}  // namespace bramble
