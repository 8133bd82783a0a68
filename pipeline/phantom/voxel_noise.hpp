#pragma once

#include <array>
#include <cstdint>

namespace bramble {

// The random numbers of neighbouring voxels, computed together so that vector units can be used.
// Those of a voxel are a pure function of key and index.
struct VoxelNoise {
  static constexpr int size = 64;

  std::array<std::uint32_t, size> uniform;  // all 32 bits
  std::array<float, size> first_normal;
  std::array<float, size> second_normal;
};

// Voxels first_index to first_index + 63. One block of Philox4x32-10 a voxel, whose counters
// `Random` never uses; normals by Box-Muller with 24 bits, so within 5.8 standard deviations. No
// function of the C library is called: the same bits everywhere.
void draw_noise(std::uint64_t key, std::uint64_t first_index, VoxelNoise& noise) noexcept;

}  // namespace bramble
