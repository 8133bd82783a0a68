#include "kernels/trace/simple_point.hpp"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cstdint>
#include <cstdlib>

// Every neighbourhood of 26 voxels against the definition: a voxel is simple when its foreground
// neighbours are one 26-component, and one 6-component of its background neighbours among the 18
// nearest has a face neighbour in it.
namespace bramble {
namespace {

constexpr int num_places = 27;
constexpr int centre = 13;
using Places = std::uint32_t;  // a set of places of the 3 x 3 x 3 neighbourhood

constexpr int distance_along(int a, int b, int stride) {
  return a / stride % 3 < b / stride % 3 ? b / stride % 3 - a / stride % 3
                                         : a / stride % 3 - b / stride % 3;
}

constexpr int city_distance(int a, int b) {
  return distance_along(a, b, 9) + distance_along(a, b, 3) + distance_along(a, b, 1);
}

constexpr bool within_one_step(int a, int b) {
  return distance_along(a, b, 9) <= 1 && distance_along(a, b, 3) <= 1 &&
         distance_along(a, b, 1) <= 1;
}

struct Neighbourhood {
  std::array<Places, num_places> corner_neighbours{};
  std::array<Places, num_places> face_neighbours{};
  Places nearest_6 = 0;
  Places nearest_18 = 0;

  Neighbourhood() {
    for (int a = 0; a < num_places; ++a) {
      nearest_6 |= city_distance(a, centre) == 1 ? 1u << a : 0;
      nearest_18 |= city_distance(a, centre) == 1 || city_distance(a, centre) == 2 ? 1u << a : 0;
      for (int b = 0; b < num_places; ++b) {
        const auto place = static_cast<std::size_t>(a);
        corner_neighbours[place] |= a != b && within_one_step(a, b) ? 1u << b : 0;
        face_neighbours[place] |= city_distance(a, b) == 1 ? 1u << b : 0;
      }
    }
  }
};

// Number of components of `places` that have a place of `counted` in them.
int count_components(Places places, Places counted,
                     const std::array<Places, num_places>& neighbours) {
  int count = 0;
  for (Places left = places & counted; left != 0; ++count) {
    Places component = left & (~left + 1);
    for (Places front = component; front != 0;) {
      Places reached = 0;
      for (; front != 0; front &= front - 1) {
        reached |= neighbours[static_cast<std::size_t>(std::countr_zero(front))];
      }
      front = reached & places & ~component;
      component |= front;
    }
    left &= ~component;
  }
  return count;
}

bool is_simple_by_flood_fill(const Neighbourhood& neighbourhood, Places foreground) {
  const Places background = ~foreground & neighbourhood.nearest_18;
  return count_components(foreground, foreground, neighbourhood.corner_neighbours) == 1 &&
         count_components(background, neighbourhood.nearest_6, neighbourhood.face_neighbours) == 1;
}

// The foreground of configuration `number`: bit k of the number is the k-th place that is not the
// centre.
Places foreground_of(std::uint32_t number) {
  return (number & ((1u << centre) - 1)) | number >> centre << (centre + 1);
}

// Configurations 64 block ... 64 block + 63 as the 64 voxels of a word.
NeighbourWords words_of_block(std::uint32_t block) {
  NeighbourWords neighbours{};
  for (int voxel = 0; voxel < 64; ++voxel) {
    const Places foreground = foreground_of(64 * block + static_cast<std::uint32_t>(voxel));
    for (int place = 0; place < num_places; ++place) {
      neighbours.words[place] |= static_cast<std::uint64_t>(foreground >> place & 1) << voxel;
    }
  }
  return neighbours;
}

TEST(SimplePointExhaustive, all_neighbourhoods_agree_with_flood_fill) {
  const Neighbourhood neighbourhood;
  constexpr std::uint32_t num_blocks = 1u << 20;
  std::int64_t num_configurations = 0;
  std::int64_t num_simple = 0;
  std::int64_t num_mismatches = 0;
  std::int64_t num_end_mismatches = 0;

#pragma omp parallel for reduction(+ : num_configurations, num_simple) \
    reduction(+ : num_mismatches, num_end_mismatches)
  for (std::uint32_t block = 0; block < num_blocks; ++block) {
    const NeighbourWords words = words_of_block(block);
    const std::uint64_t simple = simple_points(words);
    const std::uint64_t ends = end_points(words);
    for (std::uint32_t voxel = 0; voxel < 64; ++voxel) {
      const bool expected =
          is_simple_by_flood_fill(neighbourhood, foreground_of(64 * block + voxel));
      ++num_configurations;
      num_simple += expected ? 1 : 0;
      num_mismatches += expected == ((simple >> voxel & 1) != 0) ? 0 : 1;
      const bool is_end = std::popcount(foreground_of(64 * block + voxel)) == 1;
      num_end_mismatches += is_end == ((ends >> voxel & 1) != 0) ? 0 : 1;
    }
  }

  EXPECT_EQ(num_configurations, 67108864);
  EXPECT_EQ(num_simple, 25985144);
  EXPECT_EQ(num_mismatches, 0);
  EXPECT_EQ(num_end_mismatches, 0);
}

}  // namespace
}  // namespace bramble
