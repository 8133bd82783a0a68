#pragma once

#include "kernels/core/bit_volume.hpp"
#include "kernels/core/exec.hpp"
#include "kernels/core/memory.hpp"
#include "kernels/core/volume.hpp"

#include <cstdint>

namespace bramble {

struct ThinParams {
  // Thickness of the shells that are peeled one after the other; 0: a quarter of the smallest voxel
  // spacing. Halves leave curves 3 to 9 % farther from the axes of tubes, a tenth brings them 2 to
  // 4 % nearer and takes a third more time.
  float level_um = 0;
};

// Memory that thin() needs: about 1/4 byte a voxel and 160 bytes for each word with foreground.
// Keep it between calls.
struct ThinScratch {
  explicit ThinScratch(MemorySpace space = MemorySpace::host);

  Array<std::uint8_t> flags;
  Array<std::int64_t> listed;
  Array<std::uint32_t> changed_in_pass;
  Array<std::int64_t> word_index;
  Array<std::uint16_t> levels;
  Array<std::int32_t> next_level;
  Array<std::uint64_t> released;
  Array<std::uint64_t> candidates;
  Array<std::uint8_t> level_is_present;
  Array<std::int64_t> first_listed;
  Array<std::int32_t> any_deleted;
};

// Thins `bits` to curves one voxel wide, in place, and keeps its topology: the same 26-components,
// cavities and tunnels. Outside of the volume is background.
//
// Voxels are deleted in the order of their distance from the background, in shells: level =
// floor(distance / level_um). The voxels of a level are added to those that may go, then passes
// over all of these follow until one deletes nothing. A pass decides the ends of curves (exactly
// one neighbour) once, at its start, and keeps them; then it deletes simple voxels in 8 subfields,
// the parities of z, y and x. Two voxels of one subfield are not neighbours, so that all its voxels
// can be tested and deleted at once: the result does not depend on the backend or on the number of
// threads. A second call with the same distances changes nothing. Shifting an object by an even
// number of voxels shifts the result; by an odd number, the curve may run up to two voxels beside.
//
// `squared_distance_nm2` has the extent of `bits` and the spacing; it is read on the foreground
// only (distance_transform). Throws InvalidArgument when the extents differ, or when the spacing or
// a level_um that is not 0 is less than 1 nm.
// Cost: each word with foreground is tested in the passes in which voxels go in it or beside it,
// with about 250 operations for 64 voxels and subfield.
//
// Distance-ordered homotopic thinning: Pudney 1998, doi:10.1006/cviu.1998.0680. Subfields: Bertrand
// and Aktouf 1994, Vision Geometry III, Proc. SPIE 2356.
void thin(const Exec& exec, BitVolume& bits, VolumeView<const std::uint32_t> squared_distance_nm2,
          const ThinParams& params, ThinScratch& scratch);

}  // namespace bramble
