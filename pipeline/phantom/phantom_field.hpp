#pragma once

#include "pipeline/phantom/random.hpp"
#include "pipeline/records/phantom_parameters.hpp"

#include <cstdint>

namespace bramble {

// One field of view of the study: what all random numbers of its tissue depend on.
struct PhantomField {
  std::uint64_t animal = 0;
  std::uint64_t field = 0;
  bool treated = false;

  RandomPlace place(const PhantomParameters& parameters, RandomPurpose purpose) const noexcept {
    return {.seed = parameters.seed, .purpose = purpose, .animal = animal, .field = field};
  }
};

}  // namespace bramble
