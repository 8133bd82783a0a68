#pragma once

#include "pipeline/phantom/phantom_field.hpp"
#include "pipeline/records/identity.hpp"
#include "pipeline/records/phantom_parameters.hpp"

#include <cstddef>

namespace bramble {

// Which group, animal, field and session a stack of a synthetic study is. Stacks are counted by
// group, animal, field, session.
struct StackPlace {
  std::size_t group = 0;
  std::size_t animal = 0;  // within its group
  std::size_t field = 0;   // within its animal
  std::size_t session = 0;

  // What the random numbers of its tissue depend on. An animal keeps them when a study gets more
  // animals.
  PhantomField tissue() const noexcept;
};

std::size_t num_stacks(const PhantomParameters& parameters);

// Throws InvalidArgument when the study has no i-th stack.
StackPlace place_of_stack(const PhantomParameters& parameters, std::size_t i);

// Two groups: ketamine (treated, subjects K01, K02, ...) and saline (S01, ...).
StackIdentity identify(const PhantomParameters& parameters, StackPlace place);

}  // namespace bramble
