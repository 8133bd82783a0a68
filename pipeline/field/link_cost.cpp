#include "pipeline/field/link_cost.hpp"

#include <cmath>
#include <limits>

namespace bramble {

namespace {

double square(double value) { return value * value; }

}  // namespace

double place_cost(const PlacedSpine& a, const PlacedSpine& b, const PlaceTolerance& tolerance) {
  const double path_difference_um = a.path_um - b.path_um;
  if (std::abs(path_difference_um) > tolerance.path_um) {
    return std::numeric_limits<double>::infinity();
  }
  const bool same_side = (a.lateral_um < 0) == (b.lateral_um < 0);
  const double lateral_um = same_side ? tolerance.lateral_um : tolerance.across_um;
  return square(path_difference_um / tolerance.path_um) +
         square((a.lateral_um - b.lateral_um) / lateral_um) +
         square((a.height_um - b.height_um) / tolerance.height_um);
}

}  // namespace bramble
