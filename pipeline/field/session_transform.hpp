#pragma once

#include "kernels/core/geometry.hpp"

namespace bramble {

// How a displacement changes from place to place: the gradient of each of its components.
struct DisplacementGradient {
  Position of_z;
  Position of_y;
  Position of_x;

  Position times(Position v) const noexcept { return {dot(of_z, v), dot(of_y, v), dot(of_x, v)}; }
};

// Where the tissue of the reference session lies in another session: shifted, and turned, tilted
// and stretched a little.
//   place in the session = q + shift + gradient (q - middle),  q = place in the reference
class SessionTransform {
 public:
  // The same place.
  SessionTransform() : SessionTransform(Position{}) {}
  explicit SessionTransform(Position shift) : SessionTransform(shift, {}, {}) {}
  SessionTransform(Position shift, const DisplacementGradient& gradient, Position middle);

  Position to_session(Position in_reference) const noexcept {
    return in_reference + shift_ + gradient_.times(in_reference - middle_);
  }
  Position to_reference(Position in_session) const noexcept {
    return middle_ + inverse_.times(in_session - shift_ - middle_);
  }

  // At the middle.
  Position shift() const noexcept { return shift_; }
  const DisplacementGradient& gradient() const noexcept { return gradient_; }
  Position middle() const noexcept { return middle_; }

 private:
  Position shift_;
  DisplacementGradient gradient_;
  Position middle_;
  DisplacementGradient inverse_;  // of 1 + gradient
};

}  // namespace bramble
