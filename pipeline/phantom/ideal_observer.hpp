#pragma once

#include "kernels/core/volume.hpp"
#include "pipeline/phantom/image_cells.hpp"
#include "pipeline/phantom/light.hpp"
#include "pipeline/phantom/optics.hpp"
#include "pipeline/phantom/render.hpp"
#include "pipeline/records/phantom_parameters.hpp"

#include <cstddef>
#include <span>

namespace bramble {

// How well one spine can be seen in one stack.
struct SpineVisibility {
  // The noise-free peak at its head over that of the shaft at its base, without background; 0 where
  // the stack shows neither.
  double contrast = 0;
  // sqrt(sum over voxels of difference^2 / variance) for an observer that knows all but whether the
  // spine is there: the difference in photons that it makes, and the variance without it, of
  // photons, excess and read noise (the values of reference science.md section 3.2 within 6 %).
  double d_prime = 0;
};

// Looks at spines in one stack, whose expected photons it is given. About 0.5 ms a spine.
class IdealObserver {
 public:
  // All are referred to as long as the observer lives.
  IdealObserver(const StackOptics& optics, const SessionLight& light,
                const PhantomDetector& detector, VolumeView<const float> photons)
      : optics_(optics), light_(light), detector_(detector), photons_(photons) {}

  // `drawn` is the same cell on the grid of the optics. A spine without a body is not seen.
  SpineVisibility observe(const DyedCell& cell, const DrawnCell& drawn, std::size_t spine) const;

 private:
  double contrast(const DyedCell& cell, const DrawnCell& drawn, std::size_t spine) const;
  double d_prime(const DrawnCell& drawn, std::size_t spine) const;
  double peak_near(Position tissue, double gain, std::span<const FinePart> parts) const;

  const StackOptics& optics_;
  const SessionLight& light_;
  PhantomDetector detector_;
  VolumeView<const float> photons_;
};

}  // namespace bramble
