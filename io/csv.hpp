#pragma once

#include <fmt/format.h>

#include <cmath>
#include <string>

namespace bramble {

// A comma-separated cell: quoted where it must be, NA when there is nothing.
inline std::string csv_cell(const std::string& text) {
  if (text.empty()) {
    return "NA";
  }
  if (text.find_first_of(",\"\r\n") == std::string::npos) {
    return text;
  }
  std::string quoted = "\"";
  for (const char character : text) {
    quoted += character;
    if (character == '"') {
      quoted += '"';
    }
  }
  return quoted + "\"";
}

inline std::string csv_cell(double value) {
  constexpr double no_negative_zero = 0.0;
  return std::isfinite(value) ? fmt::format("{:.6g}", value + no_negative_zero) : "NA";
}

}  // namespace bramble
