#include "io/table_cells.hpp"

#include <fmt/format.h>

#include <cmath>

namespace bramble {

std::string cell_text(double value) {
  constexpr double no_negative_zero = 0.0;
  return std::isfinite(value) ? fmt::format("{:.6g}", value + no_negative_zero) : "n/a";
}

std::string cell_text(int value) { return fmt::format("{}", value); }

std::string cell_text(std::string_view text) {
  if (text.empty()) {
    return "n/a";
  }
  std::string cell(text);
  for (char& character : cell) {
    if (character == '\t' || character == '\n' || character == '\r') {
      character = ' ';
    }
  }
  return cell;
}

std::vector<Column<StackRow>> stack_columns() {
  return {
      subject_column<StackRow>(),
      session_column<StackRow>(),
      fov_column<StackRow>(),
      column("file", &StackRow::file, "", "The archive, as given on the command line"),
      column("path", &StackRow::path, "", "Where the stack lies in it"),
      column("shape", &StackRow::shape, "voxel", "Size as z x y x x"),
      column("spacing", &StackRow::spacing, "um", "Voxel size as z x y x x"),
      column("snr", &StackRow::snr, "", "Median shaft brightness over background noise"),
      column("saturation_frac", &StackRow::saturation_frac, "", "Saturated part of the voxels"),
      column("background", &StackRow::background, "counts", "Level of the dark parts"),
      column("motion_um", &StackRow::motion_um, "um", "Motion between planes"),
      column("psf", &StackRow::psf, "", "The point-spread function that was used"),
      {"iterations", "Iterations of deconvolution", "",
       [](const StackRow& row) {
         return row.iterations < 0 ? cell_text(not_available) : cell_text(row.iterations);
       }},
      column("status", &StackRow::status, "",
             "done, failed, quarantined (twice took its process down), excluded or pending"),
      column("message", &StackRow::message, "", "Why the stack failed"),
      flags_column<StackRow>(),
  };
}

}  // namespace bramble
