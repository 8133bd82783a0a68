#pragma once

#include "kernels/core/exec.hpp"
#include "kernels/core/geometry.hpp"
#include "kernels/core/memory.hpp"
#include "kernels/core/volume.hpp"

#include <cstdint>

namespace bramble {

// A binary volume of 64 voxels a word, lowest bit = lowest x, with one zero guard word at each end
// of every row and zero guard rows and planes all round, so that the 26 neighbours of any word can
// be read without a border test.
struct BitView {
  std::uint64_t* words = nullptr;
  Extent extent;  // in voxels

  BRAMBLE_HD std::int64_t words_per_row() const noexcept { return (extent.x + 63) / 64; }
  BRAMBLE_HD std::int64_t row_stride() const noexcept { return words_per_row() + 2; }
  BRAMBLE_HD std::int64_t plane_stride() const noexcept { return row_stride() * (extent.y + 2); }
  BRAMBLE_HD std::int64_t num_words() const noexcept { return plane_stride() * (extent.z + 2); }
  // Index of word `w` of row (z, y).
  BRAMBLE_HD std::int64_t word_index(int z, int y, std::int64_t w) const noexcept {
    return (z + 1) * plane_stride() + (y + 1) * row_stride() + w + 1;
  }
  // The words of row z * extent.y + y.
  BRAMBLE_HD std::uint64_t* row(std::int64_t row) const noexcept {
    return words +
           word_index(static_cast<int>(row / extent.y), static_cast<int>(row % extent.y), 0);
  }
  BRAMBLE_HD bool test(Voxel v) const noexcept {
    return words[word_index(v.z, v.y, v.x / 64)] >> (v.x % 64) & 1;
  }
};

// Owns a BitView's words. Move-only; keeps its memory when it is given another shape.
class BitVolume {
 public:
  explicit BitVolume(MemorySpace space = MemorySpace::host) : words_(space) {}

  // Takes a new shape and clears every word.
  void reshape(const Exec& exec, Extent extent);
  BitView view() const noexcept { return {const_cast<std::uint64_t*>(words_.data()), extent_}; }
  Extent extent() const noexcept { return extent_; }
  MemorySpace space() const noexcept { return words_.space(); }
  Array<std::uint64_t>& words() noexcept { return words_; }
  const Array<std::uint64_t>& words() const noexcept { return words_; }

 private:
  Extent extent_;
  Array<std::uint64_t> words_;
};

// Bit = (voxel != 0). Reads 1 B and writes 1/8 B a voxel.
void pack_bits(const Exec& exec, VolumeView<const std::uint8_t> mask, BitVolume& bits);

// Voxel = bit (0 or 1); `mask` has the extent of `bits`.
void unpack_bits(const Exec& exec, const BitVolume& bits, VolumeView<std::uint8_t> mask);

// Number of set bits.
std::int64_t count_bits(const Exec& exec, const BitVolume& bits);

// Copies shape and words between any two spaces.
void copy(const Exec& exec, const BitVolume& from, BitVolume& to);

}  // namespace bramble
