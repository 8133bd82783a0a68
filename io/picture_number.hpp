#pragma once

#include "io/canvas.hpp"

namespace bramble {

// Draws a number that is not negative in digits of seven strokes, 12 pixels high; `at` is the
// middle of the first one.
void draw_number(Canvas& canvas, PicturePoint at, int number, const Stroke& stroke);

}  // namespace bramble
