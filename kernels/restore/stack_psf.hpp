#pragma once

#include "kernels/core/volume.hpp"

#include <utility>
#include <vector>

namespace bramble {

// How a stack was blurred: by one PSF, or by another one from some slice on. The PSFs belong to
// somebody else and lie on the host.
struct StackPsf {
  struct Range {
    int first_slice = 0;  // it holds up to the first one of the next range
    const Volume<float>* psf = nullptr;
  };
  std::vector<Range> ranges;

  StackPsf(const Volume<float>& psf) : ranges{{0, &psf}} {}
  StackPsf(std::vector<Range> by_depth) : ranges(std::move(by_depth)) {}
};

}  // namespace bramble
