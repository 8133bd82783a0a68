#pragma once

#include "kernels/core/bit_volume.hpp"
#include "kernels/core/host_device.hpp"

#include <cstdint>

// The exact test for simple points, on the 64 voxels of one word at once: no table, no branch,
// integers only, so the same bits on every backend. Foreground is 26-connected, background
// 6-connected.
//
// A foreground voxel is simple when deleting it changes the topology of neither. What counts is the
// background that it sees, as a subcomplex of the surface of an octahedron around it:
// - 6 vertices, its face neighbours: there when that voxel is background;
// - 12 edges, its edge neighbours: there when that voxel and the two faces beside it are;
// - 8 triangles, its corner neighbours: there when that voxel and the three edges beside it are.
//
// The voxel is simple exactly when this complex is connected, not empty, and V - E + F = 1: one
// piece without a hole. A voxel in the interior sees nothing, one in a plate two pieces, one in a
// thin curve a band with V - E + F = 0. Checked against flood fill over all 2^26 neighbourhoods in
// tests/kernels/trace/simple_point_exhaustive_test.cpp.
//
// Definition of simple: Bertrand and Malandain 1994, doi:10.1016/0167-8655(94)90046-9.
namespace bramble {

// Bit x of words[13 + 9 dz + 3 dy + dx] is the neighbour (dz, dy, dx) of voxel x of the word in the
// middle, words[13].
struct NeighbourWords {
  std::uint64_t words[27];
};

// Reads the nine rows round word `index` (BitView::word_index): 27 loads, no border test thanks to
// the guard words.
BRAMBLE_HD inline NeighbourWords gather_neighbours(const BitView& bits,
                                                   std::int64_t index) noexcept {
  NeighbourWords neighbours;
  std::uint64_t* next = neighbours.words;
  for (int dz = -1; dz <= 1; ++dz) {
    for (int dy = -1; dy <= 1; ++dy) {
      const std::uint64_t* row =
          bits.words + index + dz * bits.plane_stride() + dy * bits.row_stride();
      *next++ = row[0] << 1 | row[-1] >> 63;
      *next++ = row[0];
      *next++ = row[0] >> 1 | row[1] << 63;
    }
  }
  return neighbours;
}

// The background that 64 voxels see. Vertices are named by axis and side, the low side 0 and the
// high side 1; edges by the two vertices that they join.
struct BackgroundComplex {
  std::uint64_t z0;
  std::uint64_t z1;
  std::uint64_t y0;
  std::uint64_t y1;
  std::uint64_t x0;
  std::uint64_t x1;
  std::uint64_t z0y0;
  std::uint64_t z0y1;
  std::uint64_t z0x0;
  std::uint64_t z0x1;
  std::uint64_t z1y0;
  std::uint64_t z1y1;
  std::uint64_t z1x0;
  std::uint64_t z1x1;
  std::uint64_t y0x0;
  std::uint64_t y0x1;
  std::uint64_t y1x0;
  std::uint64_t y1x1;
  std::uint64_t triangles[8];
};

BRAMBLE_HD inline BackgroundComplex background_seen(const NeighbourWords& neighbours) noexcept {
  const std::uint64_t* n = neighbours.words;
  BackgroundComplex c;
  c.z0 = ~n[4];
  c.z1 = ~n[22];
  c.y0 = ~n[10];
  c.y1 = ~n[16];
  c.x0 = ~n[12];
  c.x1 = ~n[14];
  c.z0y0 = c.z0 & c.y0 & ~n[1];
  c.z0y1 = c.z0 & c.y1 & ~n[7];
  c.z0x0 = c.z0 & c.x0 & ~n[3];
  c.z0x1 = c.z0 & c.x1 & ~n[5];
  c.z1y0 = c.z1 & c.y0 & ~n[19];
  c.z1y1 = c.z1 & c.y1 & ~n[25];
  c.z1x0 = c.z1 & c.x0 & ~n[21];
  c.z1x1 = c.z1 & c.x1 & ~n[23];
  c.y0x0 = c.y0 & c.x0 & ~n[9];
  c.y0x1 = c.y0 & c.x1 & ~n[11];
  c.y1x0 = c.y1 & c.x0 & ~n[15];
  c.y1x1 = c.y1 & c.x1 & ~n[17];
  c.triangles[0] = c.z0y0 & c.z0x0 & c.y0x0 & ~n[0];
  c.triangles[1] = c.z0y0 & c.z0x1 & c.y0x1 & ~n[2];
  c.triangles[2] = c.z0y1 & c.z0x0 & c.y1x0 & ~n[6];
  c.triangles[3] = c.z0y1 & c.z0x1 & c.y1x1 & ~n[8];
  c.triangles[4] = c.z1y0 & c.z1x0 & c.y0x0 & ~n[18];
  c.triangles[5] = c.z1y0 & c.z1x1 & c.y0x1 & ~n[20];
  c.triangles[6] = c.z1y1 & c.z1x0 & c.y1x0 & ~n[24];
  c.triangles[7] = c.z1y1 & c.z1x1 & c.y1x1 & ~n[26];
  return c;
}

// Adds three bits at each of 64 places: a + b + c = result + 2 carry.
BRAMBLE_HD inline std::uint64_t full_adder(std::uint64_t a, std::uint64_t b, std::uint64_t c,
                                           std::uint64_t& carry) noexcept {
  const std::uint64_t half = a ^ b;
  carry = (a & b) | (half & c);
  return half ^ c;
}

// Adds an odd number of bits at each of 64 places: their sum modulo 2; carries[k] are the bits of
// weight two.
template <int num_bits>
BRAMBLE_HD std::uint64_t add_bits(const std::uint64_t (&bits)[num_bits],
                                  std::uint64_t (&carries)[num_bits / 2]) noexcept {
  static_assert(num_bits % 2 == 1);
  std::uint64_t sum = bits[0];
  for (int k = 0; k < num_bits / 2; ++k) {
    sum = full_adder(bits[2 * k + 1], bits[2 * k + 2], sum, carries[k]);
  }
  return sum;
}

// V - E + F = 1, as V + F + (number of absent edges) = 13. V - E + F lies in [-6, 6], so arithmetic
// modulo 8 is exact.
BRAMBLE_HD inline std::uint64_t euler_number_is_one(const BackgroundComplex& c) noexcept {
  const std::uint64_t bits[27] = {c.z0,           c.z1,           c.y0,
                                  c.y1,           c.x0,           c.x1,
                                  ~c.z0y0,        ~c.z0y1,        ~c.z0x0,
                                  ~c.z0x1,        ~c.z1y0,        ~c.z1y1,
                                  ~c.z1x0,        ~c.z1x1,        ~c.y0x0,
                                  ~c.y0x1,        ~c.y1x0,        ~c.y1x1,
                                  c.triangles[0], c.triangles[1], c.triangles[2],
                                  c.triangles[3], c.triangles[4], c.triangles[5],
                                  c.triangles[6], c.triangles[7], 0};
  std::uint64_t twos[13];
  std::uint64_t fours[6];
  const std::uint64_t weight_one = add_bits(bits, twos);
  const std::uint64_t weight_two = add_bits(twos, fours);
  const std::uint64_t weight_four = fours[0] ^ fours[1] ^ fours[2] ^ fours[3] ^ fours[4] ^ fours[5];
  return weight_one & ~weight_two & weight_four;  // 13 = 5 modulo 8
}

// Exactly one component. The vertices are taken away one by one. All neighbours of the one that
// goes are joined by edges, so that those that stay are connected as before; a vertex that goes
// without a neighbour ends a component.
BRAMBLE_HD inline std::uint64_t is_one_component(BackgroundComplex c) noexcept {
  const std::uint64_t z0_ends = c.z0 & ~(c.z0y0 | c.z0y1 | c.z0x0 | c.z0x1);
  const std::uint64_t z1_ends = c.z1 & ~(c.z1y0 | c.z1y1 | c.z1x0 | c.z1x1);
  const std::uint64_t y0y1 = (c.z0y0 & c.z0y1) | (c.z1y0 & c.z1y1);
  std::uint64_t x0x1 = (c.z0x0 & c.z0x1) | (c.z1x0 & c.z1x1);
  c.y0x0 |= (c.z0y0 & c.z0x0) | (c.z1y0 & c.z1x0);
  c.y0x1 |= (c.z0y0 & c.z0x1) | (c.z1y0 & c.z1x1);
  c.y1x0 |= (c.z0y1 & c.z0x0) | (c.z1y1 & c.z1x0);
  c.y1x1 |= (c.z0y1 & c.z0x1) | (c.z1y1 & c.z1x1);

  const std::uint64_t y0_ends = c.y0 & ~(y0y1 | c.y0x0 | c.y0x1);
  x0x1 |= c.y0x0 & c.y0x1;
  c.y1x0 |= y0y1 & c.y0x0;
  c.y1x1 |= y0y1 & c.y0x1;

  const std::uint64_t y1_ends = c.y1 & ~(c.y1x0 | c.y1x1);
  x0x1 |= c.y1x0 & c.y1x1;

  const std::uint64_t x0_ends = c.x0 & ~x0x1;
  const std::uint64_t x1_ends = c.x1;

  std::uint64_t two_of_first = 0;
  std::uint64_t two_of_last = 0;
  const std::uint64_t odd_of_first = full_adder(z0_ends, z1_ends, y0_ends, two_of_first);
  const std::uint64_t odd_of_last = full_adder(y1_ends, x0_ends, x1_ends, two_of_last);
  return (odd_of_first ^ odd_of_last) & ~(two_of_first | two_of_last);
}

// Bit x is set when voxel x of the word in the middle is simple, whether or not it is foreground.
// About 250 logic operations.
BRAMBLE_HD inline std::uint64_t simple_points(const NeighbourWords& neighbours) noexcept {
  const BackgroundComplex seen = background_seen(neighbours);
  return euler_number_is_one(seen) & is_one_component(seen);
}

// Bit x is set when voxel x has exactly one neighbour of 26: the end of a curve.
BRAMBLE_HD inline std::uint64_t end_points(const NeighbourWords& neighbours) noexcept {
  std::uint64_t at_least_one = 0;
  std::uint64_t at_least_two = 0;
  for (int row = 0; row < 9; ++row) {
    const std::uint64_t left = neighbours.words[3 * row];
    const std::uint64_t middle = row == 4 ? 0 : neighbours.words[3 * row + 1];
    const std::uint64_t right = neighbours.words[3 * row + 2];
    const std::uint64_t any = left | middle | right;
    at_least_two |= (at_least_one & any) | (left & middle) | (left & right) | (middle & right);
    at_least_one |= any;
  }
  return at_least_one & ~at_least_two;
}

}  // namespace bramble
