#pragma once

#include "kernels/core/atomic.hpp"
#include "kernels/core/bit_volume.hpp"
#include "kernels/core/word_bits.hpp"
#include "kernels/trace/simple_point.hpp"

#include <array>
#include <cstdint>

// The steps of thin() on one word of 64 voxels. Included by thin.cu and its test only.
namespace bramble {

constexpr int word_size = 64;

// Deeper than every level: the level of a background voxel.
constexpr std::uint16_t no_level = 0xffff;

// Rows z, y of the same parities; with the parity of x they make two of the eight subfields.
struct RowClass {
  int z_parity;
  int y_parity;
  Extent words;  // how many planes, rows and words a row there are

  RowClass(const BitView& bits, int index)
      : z_parity(index / 2),
        y_parity(index % 2),
        words{(bits.extent.z + 1 - z_parity) / 2, (bits.extent.y + 1 - y_parity) / 2,
              static_cast<int>(bits.words_per_row())} {}

  BRAMBLE_HD Voxel row_and_word(Voxel v) const noexcept {
    return {2 * v.z + z_parity, 2 * v.y + y_parity, v.x};
  }
};

constexpr int num_row_classes = 4;

// Where the entries of each row class start, and the end of the last.
using ClassStarts = std::array<std::int64_t, num_row_classes + 1>;

struct FlagWord {
  BitView bits;
  RowClass row_class;
  std::uint8_t* flags;

  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    const Voxel place = row_class.row_and_word(v);
    const std::uint64_t word = bits.words[bits.word_index(place.z, place.y, place.x)];
    flags[row_class.words.index(v)] = word != 0;
  }
};

// One entry is one word with foreground. Arrays go by entry, unless said otherwise.
struct Entries {
  BitView bits;
  std::uint32_t* changed_in_pass;  // by word: the last pass that changed the word or a neighbour
  std::int64_t* word_index;
  std::uint16_t* levels;      // 64 an entry
  std::int32_t* next_level;   // the next one at which voxels are released; no_level after the last
  std::uint64_t* released;    // voxels of this level and of those before that are left
  std::uint64_t* candidates;  // released voxels that are not ends in this pass
  std::uint8_t* level_is_present;  // by level: 1 when a voxel has it
};

struct FillEntry {
  Entries entries;
  RowClass row_class;
  const std::int64_t* flagged;
  std::int64_t first_entry;
  const std::uint32_t* squared_distance_nm2;
  double level_nm;

  BRAMBLE_HD void operator()(std::int64_t i) const noexcept {
    const Voxel place = row_class.row_and_word(row_class.words.voxel(flagged[i]));
    const std::int64_t entry = first_entry + i;
    const std::int64_t index = entries.bits.word_index(place.z, place.y, place.x);
    const std::int64_t voxel = entries.bits.extent.index({place.z, place.y, word_size * place.x});
    std::uint16_t* levels = entries.levels + word_size * entry;
    std::uint16_t first_level = no_level;
    for (int x = 0; x < word_size; ++x) {
      levels[x] = no_level;
    }
    for (std::uint64_t left = entries.bits.words[index]; left != 0; left &= left - 1) {
      const int x = lowest_set(left);
      levels[x] = level_of(squared_distance_nm2[voxel + x]);
      if (atomic_load(entries.level_is_present + levels[x]) == 0) {
        atomic_store(entries.level_is_present + levels[x], std::uint8_t{1});  // all write the same
      }
      first_level = levels[x] < first_level ? levels[x] : first_level;
    }
    entries.word_index[entry] = index;
    entries.next_level[entry] = first_level;
    entries.released[entry] = 0;
    entries.candidates[entry] = 0;
  }

  // Depends on the voxel alone, so an object is thinned alike whatever else is in the volume.
  // Square root and quotient are rounded correctly on every backend.
  BRAMBLE_HD std::uint16_t level_of(std::uint32_t squared_nm2) const noexcept {
    const double level = sqrt(static_cast<double>(squared_nm2)) / level_nm;
    return level < no_level - 1 ? static_cast<std::uint16_t>(level) : no_level - 1;
  }
};

struct ReleaseLevel {
  Entries entries;
  std::uint16_t level;
  std::uint32_t last_pass;
  std::uint8_t* flags;

  BRAMBLE_HD void operator()(std::int64_t entry) const noexcept {
    std::uint64_t released = entries.released[entry];
    if (entries.next_level[entry] == level) {
      const std::int64_t index = entries.word_index[entry];
      released = release(entry) & entries.bits.words[index];
      entries.released[entry] = released;
      entries.changed_in_pass[index] = last_pass;
    }
    flags[entry] = released != 0;
  }

  // Plain loops over 64 levels, which compilers make vector code of.
  BRAMBLE_HD std::uint64_t release(std::int64_t entry) const noexcept {
    const std::uint16_t* levels = entries.levels + word_size * entry;
    std::uint8_t is_released[word_size];
    for (int x = 0; x < word_size; ++x) {
      is_released[x] = levels[x] <= level;
    }
    std::uint16_t to_next = no_level;
    for (int x = 0; x < word_size; ++x) {
      // Wraps round for the levels that are released, beyond all deeper ones.
      const auto distance = static_cast<std::uint16_t>(levels[x] - level - 1);
      to_next = distance < to_next ? distance : to_next;
    }
    const auto next_level = static_cast<std::uint16_t>(to_next + level + 1);
    entries.next_level[entry] = next_level > level ? next_level : no_level;
    return pack_bytes(is_released);
  }
};

// Where the entries of row class c start in a list of ascending entries.
struct FindFirstListed {
  const std::int64_t* listed;
  std::int64_t num_listed;
  ClassStarts first_entry;
  std::int64_t* first_listed;

  BRAMBLE_HD void operator()(std::int64_t c) const noexcept {
    std::int64_t low = 0;
    for (std::int64_t high = num_listed; low < high;) {
      const std::int64_t middle = (low + high) / 2;
      if (listed[middle] < first_entry[static_cast<std::size_t>(c)]) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    first_listed[c] = low;
  }
};

// True when nothing that a word's tests read has changed since they were made last: then they would
// give the same.
BRAMBLE_HD inline bool is_settled(const Entries& entries, std::int64_t index,
                                  std::uint32_t pass) noexcept {
  return atomic_load(entries.changed_in_pass + index) + 1 < pass;
}

struct FindCandidates {
  Entries entries;
  const std::int64_t* listed;
  std::uint32_t pass;

  BRAMBLE_HD void operator()(std::int64_t i) const noexcept {
    const std::int64_t entry = listed[i];
    if (entries.released[entry] == 0) {
      return;
    }
    const std::int64_t index = entries.word_index[entry];
    if (is_settled(entries, index, pass)) {
      return;
    }
    const std::uint64_t may_go = entries.released[entry] & entries.bits.words[index];
    entries.released[entry] = may_go;
    entries.candidates[entry] =
        may_go == 0 ? 0 : may_go & ~end_points(gather_neighbours(entries.bits, index));
  }
};

// Deletes the simple candidates of one subfield. A call writes its own word of `bits`. Its
// neighbours in the row may be written at the same time, but of them it uses only bits of other
// subfields, which stay as they are. For the same reason it does not matter whether a word sees a
// mark in changed_in_pass that a neighbour in the row makes at this time.
struct DeleteSimple {
  Entries entries;
  const std::int64_t* listed;
  std::uint64_t subfield;
  std::uint32_t pass;
  std::int32_t* any_deleted;

  BRAMBLE_HD void operator()(std::int64_t i) const noexcept {
    const std::int64_t entry = listed[i];
    const std::uint64_t candidates = entries.candidates[entry] & subfield;
    if (candidates == 0) {
      return;
    }
    const std::int64_t index = entries.word_index[entry];
    if (is_settled(entries, index, pass)) {
      return;
    }
    const std::uint64_t tested = candidates & entries.bits.words[index];
    if (tested == 0) {
      return;
    }
    const std::uint64_t deleted = tested & simple_points(gather_neighbours(entries.bits, index));
    if (deleted == 0) {
      return;
    }
    atomic_store(entries.bits.words + index, entries.bits.words[index] & ~deleted);
    mark_changed(index, deleted);
    if (atomic_load(any_deleted) == 0) {
      atomic_store(any_deleted, 1);  // all writers write the same
    }
  }

  BRAMBLE_HD void mark_changed(std::int64_t index, std::uint64_t deleted) const noexcept {
    const int first = (deleted & 1) != 0 ? -1 : 0;
    const int last = deleted >> 63 != 0 ? 1 : 0;
    for (int dz = -1; dz <= 1; ++dz) {
      for (int dy = -1; dy <= 1; ++dy) {
        for (int dw = first; dw <= last; ++dw) {
          const std::int64_t neighbour =
              index + dz * entries.bits.plane_stride() + dy * entries.bits.row_stride() + dw;
          atomic_store(entries.changed_in_pass + neighbour, pass);  // all writers write the same
        }
      }
    }
  }
};

}  // namespace bramble
