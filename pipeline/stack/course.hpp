#pragma once

#include <vector>

namespace bramble {

// One coordinate of one slice's place.
struct CoursePoint {
  double slice = 0;
  double value_um = 0;
  double variance_um2 = 0;  // of the value against its neighbours'
};

// How far each point lies off the smooth course of the points: off the straight line through those
// within some five slices (Cleveland 1979: tricube weights over the distance, bisquare weights
// against outliers). Then shrunk: what all remainders together show beyond their errors decides how
// much of each is believed, and a remainder of many errors is believed anyway. Points by rising
// slice.
std::vector<double> off_course(const std::vector<CoursePoint>& points);

// The course itself.
std::vector<double> smooth_course(const std::vector<CoursePoint>& points);

}  // namespace bramble
