#pragma once

#include "kernels/core/host_device.hpp"

#include <cstdint>
#include <cstring>

#if !defined(__CUDA_ARCH__)
#include <bit>
#endif

// Bit counting in one word of a BitVolume, on both backends.
namespace bramble {

inline constexpr std::uint64_t all_bits = ~std::uint64_t{0};

// Number of set bits.
BRAMBLE_HD inline int count_set(std::uint64_t word) noexcept {
#if defined(__CUDA_ARCH__)
  return __popcll(word);
#else
  return std::popcount(word);
#endif
}

// Position of the lowest set bit; 64 when there is none.
BRAMBLE_HD inline int lowest_set(std::uint64_t word) noexcept {
#if defined(__CUDA_ARCH__)
  return word == 0 ? 64 : __ffsll(static_cast<long long>(word)) - 1;
#else
  return std::countr_zero(word);
#endif
}

// Position of the highest set bit; -1 when there is none.
BRAMBLE_HD inline int highest_set(std::uint64_t word) noexcept {
#if defined(__CUDA_ARCH__)
  return 63 - __clzll(static_cast<long long>(word));
#else
  return 63 - std::countl_zero(word);
#endif
}

// The bits [first, end) set; 0 <= first <= end <= 64.
BRAMBLE_HD inline std::uint64_t bit_range(int first, int end) noexcept {
  const std::uint64_t below_end = end == 64 ? all_bits : (std::uint64_t{1} << end) - 1;
  return first == 64 ? 0 : below_end & all_bits << first;
}

// The bits of word `word` of a row that lie in the voxels [first, end) of that row; they overlap.
BRAMBLE_HD inline std::uint64_t bits_in_word(int word, int first, int end) noexcept {
  const int word_x = 64 * word;
  return bit_range(first < word_x ? 0 : first - word_x, end - word_x < 64 ? end - word_x : 64);
}

// Bit x of the result is byte x, each of which is 0 or 1.
BRAMBLE_HD inline std::uint64_t pack_bytes(const std::uint8_t (&zero_or_one)[64]) noexcept {
  // One product moves the eight bits, 8 apart, to the highest byte: bit i is shifted by 56 - 7 i,
  // and no two meet.
  constexpr std::uint64_t gather = 0x0102040810204080;
  std::uint64_t word = 0;
  for (int octet = 0; octet < 8; ++octet) {
    std::uint64_t bytes;
    std::memcpy(&bytes, zero_or_one + 8 * octet, sizeof bytes);
    word |= (bytes * gather >> 56) << 8 * octet;
  }
  return word;
}

}  // namespace bramble
