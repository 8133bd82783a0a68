#pragma once

#include "pipeline/phantom/image_cells.hpp"

#include <vector>

// What the tests of the phantom's imaging share.
namespace bramble {

// A stack without motion, the same PSF everywhere.
inline StackOptics still_optics(const PsfModel& psf, Extent extent, Spacing spacing) {
  const auto num_slices = static_cast<std::size_t>(extent.z);
  return {psf, std::vector<PsfWidth>(num_slices),
          StackMotion(std::vector<PhantomSliceMotion>(num_slices), extent, spacing, 0.807), extent,
          spacing};
}

inline Volume<float> image_of(const StackOptics& optics, const std::vector<DyedCell>& cells) {
  Volume<float> image(MemorySpace::host, optics.extent(), optics.spacing());
  image_cells(optics, draw_cells(optics.grid(), cells), image.view());
  return image;
}

inline DyedCell ball(double diameter_um, Position centre) {
  return {.shaft = {.capsules = {},
                    .spheroids = {{.centre = centre,
                                   .axis = {0, 0, 1},
                                   .axial_radius_um = 0.5 * diameter_um,
                                   .transverse_radius_um = 0.5 * diameter_um}}},
          .spines = {}};
}

// 12 um long, of pieces of 0.2 um as the phantom makes them.
inline DyedCell cylinder(double diameter_um, Position middle, Position direction) {
  DyedCell cell;
  for (int i = -30; i < 30; ++i) {
    cell.shaft.capsules.push_back({middle + direction * (0.2 * i),
                                   middle + direction * (0.2 * (i + 1)), 0.5 * diameter_um,
                                   0.5 * diameter_um});
  }
  return cell;
}

}  // namespace bramble
