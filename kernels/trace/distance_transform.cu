#include "kernels/trace/distance_transform.hpp"

#include "kernels/core/for_each_voxel.hpp"
#include "kernels/core/word_bits.hpp"

#include <cmath>

namespace bramble {

namespace {

BRAMBLE_HD std::uint64_t squared_length_nm2(std::int64_t steps, std::int64_t pitch_nm) noexcept {
  const auto length_nm = static_cast<std::uint64_t>(steps * pitch_nm);
  return length_nm * length_nm;
}

BRAMBLE_HD std::uint32_t smaller(std::uint32_t a, std::uint32_t b) noexcept {
  return b < a ? b : a;
}

// Distances along x, by the runs of one word.
struct AlongX {
  BitView bits;
  std::int64_t pitch_nm;
  std::uint32_t* distances;

  // v.x is the word, not the voxel.
  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    const std::uint64_t* row = bits.words + bits.word_index(v.z, v.y, 0);
    std::uint32_t* row_distances = distances + bits.extent.index({v.z, v.y, 0});
    std::uint64_t left_over = row[v.x];
    while (left_over != 0) {
      const int first = lowest_set(left_over);
      const int end = lowest_set(~left_over & ~bit_range(0, first));
      const int word_x = 64 * v.x;
      const int left = first > 0 ? word_x + first - 1 : background_before(row, v.x);
      const int right = end < 64 ? word_x + end : background_after(row, v.x);
      for (int x = word_x + first; x < word_x + end; ++x) {
        row_distances[x] = nearer(x, left, right);
      }
      left_over &= ~bit_range(first, end);
    }
  }

  // The last background voxel before the word; -1 when there is none.
  BRAMBLE_HD int background_before(const std::uint64_t* row, int word) const noexcept {
    for (int w = word - 1; w >= 0; --w) {
      if (row[w] != all_bits) {
        return 64 * w + highest_set(~row[w]);
      }
    }
    return -1;
  }

  // The first background voxel behind the word; extent.x or more when there is none.
  BRAMBLE_HD int background_after(const std::uint64_t* row, int word) const noexcept {
    for (int w = word + 1; 64 * w < bits.extent.x; ++w) {
      if (row[w] != all_bits) {
        return 64 * w + lowest_set(~row[w]);
      }
    }
    return bits.extent.x;
  }

  BRAMBLE_HD std::uint32_t nearer(int x, int left, int right) const noexcept {
    std::uint64_t best = largest_squared_distance_nm2;
    if (left >= 0) {
      const std::uint64_t to_left = squared_length_nm2(x - left, pitch_nm);
      best = to_left < best ? to_left : best;
    }
    if (right < bits.extent.x) {
      const std::uint64_t to_right = squared_length_nm2(right - x, pitch_nm);
      best = to_right < best ? to_right : best;
    }
    return static_cast<std::uint32_t>(best);
  }
};

enum class Axis { z, y };

// Improves the distances by those along z or y, for eight voxels of x at a time so that a CPU works
// on them in one register. Reads and writes only octets with foreground; in these, `from` is 0
// where the background is.
struct AlongLine {
  BitView bits;
  Axis axis;
  std::int64_t pitch_nm;
  const std::uint32_t* from;
  std::uint32_t* to;

  // v.x is the word, not the voxel.
  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    const std::int64_t word_index = bits.word_index(v.z, v.y, v.x);
    const std::uint64_t word = bits.words[word_index];
    if (word == 0) {
      return;
    }
    for (int first = 0; first < 64; first += 8) {
      if ((word >> first & 0xff) != 0) {
        search_octet({v.z, v.y, 64 * v.x + first}, bits.words + word_index, first);
      }
    }
  }

  BRAMBLE_HD void search_octet(Voxel v, const std::uint64_t* word, int first) const noexcept {
    if (v.x + 8 <= bits.extent.x) {
      search<8>(v, word, first);
      return;
    }
    for (; v.x < bits.extent.x; ++v.x, ++first) {
      search<1>(v, word, first);
    }
  }

  // Goes outwards from `v` until no voxel of the group can be improved.
  template <int size>
  BRAMBLE_HD void search(Voxel v, const std::uint64_t* word, int first) const noexcept {
    const int place = axis == Axis::z ? v.z : v.y;
    const int last_place = (axis == Axis::z ? bits.extent.z : bits.extent.y) - 1;
    const std::int64_t index = bits.extent.index(v);
    std::uint32_t best[size];
    for (int i = 0; i < size; ++i) {
      best[i] = from[index + i];
    }
    for (int steps = 1; steps <= place || steps <= last_place - place; ++steps) {
      const std::uint64_t offset_nm2 = squared_length_nm2(steps, pitch_nm);
      std::uint32_t worst = 0;
      for (int i = 0; i < size; ++i) {
        worst = best[i] < worst ? worst : best[i];
      }
      if (offset_nm2 >= worst) {
        break;
      }
      if (steps <= place) {
        improve(best, index, word, first, -steps, static_cast<std::uint32_t>(offset_nm2));
      }
      if (steps <= last_place - place) {
        improve(best, index, word, first, steps, static_cast<std::uint32_t>(offset_nm2));
      }
    }
    for (int i = 0; i < size; ++i) {
      to[index + i] = best[i];
    }
  }

  template <int size>
  BRAMBLE_HD void improve(std::uint32_t (&best)[size], std::int64_t index,
                          const std::uint64_t* word, int first, int steps,
                          std::uint32_t offset_nm2) const noexcept {
    const std::int64_t word_stride = axis == Axis::z ? bits.plane_stride() : bits.row_stride();
    const bool is_background = (word[steps * word_stride] & bit_range(first, first + size)) == 0;
    if (is_background) {
      for (int i = 0; i < size; ++i) {
        best[i] = smaller(best[i], offset_nm2);
      }
      return;
    }
    const std::int64_t voxel_stride =
        axis == Axis::z ? bits.extent.index({1, 0, 0}) : bits.extent.x;
    const std::uint32_t* distances = from + index + steps * voxel_stride;
    for (int i = 0; i < size; ++i) {
      // The sum cannot overflow: it saturates.
      best[i] = smaller(
          best[i], smaller(distances[i], largest_squared_distance_nm2 - offset_nm2) + offset_nm2);
    }
  }
};

}  // namespace

std::int64_t rounded_nm(float length_um) {
  return std::lround(static_cast<double>(length_um) * 1000);
}

void distance_transform(const Exec& exec, const BitVolume& bits, VolumeView<std::uint32_t> scratch,
                        VolumeView<std::uint32_t> squared_distance_nm2) {
  const Spacing spacing = squared_distance_nm2.spacing;
  const std::int64_t pitch_z_nm = rounded_nm(spacing.z_um);
  const std::int64_t pitch_y_nm = rounded_nm(spacing.y_um);
  const std::int64_t pitch_x_nm = rounded_nm(spacing.x_um);
  require(squared_distance_nm2.extent == bits.extent() && scratch.extent == bits.extent(),
          "bits, distances and scratch differ in extent");
  require(pitch_z_nm > 0 && pitch_y_nm > 0 && pitch_x_nm > 0, "a voxel spacing is less than 1 nm");
  require(exec.space() == bits.space(), "the bit volume lies in the other memory space");
  const BitView view = bits.view();
  const Extent words{view.extent.z, view.extent.y, static_cast<int>(view.words_per_row())};
  std::uint32_t* distances = squared_distance_nm2.data;
  fill_bytes(exec, distances, 0,
             static_cast<std::size_t>(view.extent.num_voxels()) * sizeof(std::uint32_t));
  for_each_voxel(exec, words, AlongX{view, pitch_x_nm, distances});
  for_each_voxel(exec, words, AlongLine{view, Axis::y, pitch_y_nm, distances, scratch.data});
  for_each_voxel(exec, words, AlongLine{view, Axis::z, pitch_z_nm, scratch.data, distances});
}

}  // namespace bramble
