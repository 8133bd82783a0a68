#include "kernels/trace/thin.hpp"

#include "kernels/core/compact.hpp"
#include "kernels/core/for_each_voxel.hpp"
#include "kernels/trace/distance_transform.hpp"
#include "kernels/trace/thin_words.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace bramble {

namespace {

// Shorter lists are worked on by one CPU thread. There are hundreds of loops, and at the end of
// each the threads wait for each other: on a busy machine, two threads with a limit of 4096 took 17
// times as long as one.
constexpr std::int64_t serial_below = 131072;

constexpr std::array<std::uint64_t, 2> x_parity_masks{0x5555555555555555, 0xaaaaaaaaaaaaaaaa};

class Thinning {
 public:
  Thinning(const Exec& exec, const BitView& bits, ThinScratch& scratch)
      : exec_(exec), scratch_(scratch) {
    entries_.bits = bits;
    allocate_entries(list_words_with_foreground());
  }

  void run(const std::uint32_t* squared_distance_nm2, double level_nm) {
    fill_entries(squared_distance_nm2, level_nm);
    Array<std::uint8_t> is_present;
    copy(exec_, scratch_.level_is_present, is_present);
    for (int level = 0; level < no_level; ++level) {
      if (is_present[level] != 0) {
        release(static_cast<std::uint16_t>(level));
        delete_until_nothing_goes();
      }
    }
  }

 private:
  std::int64_t list_words_with_foreground() {
    const std::int64_t num_words = entries_.bits.num_words();
    scratch_.flags.resize(num_words);
    scratch_.listed.resize(num_words);
    for (int c = 0; c < num_row_classes; ++c) {
      const RowClass row_class(entries_.bits, c);
      for_each_voxel(exec_, row_class.words,
                     FlagWord{entries_.bits, row_class, scratch_.flags.data()});
      first_entry_[c + 1] =
          first_entry_[c] + compact_indices(exec_, scratch_.flags.data(),
                                            row_class.words.num_voxels(),
                                            scratch_.listed.data() + first_entry_[c]);
    }
    return first_entry_.back();
  }

  void allocate_entries(std::int64_t num_entries) {
    const auto take = [&](auto& array, std::int64_t size) {
      array.resize(size);
      return array.data();
    };
    entries_.changed_in_pass = take(scratch_.changed_in_pass, entries_.bits.num_words());
    entries_.word_index = take(scratch_.word_index, num_entries);
    entries_.levels = take(scratch_.levels, word_size * num_entries);
    entries_.next_level = take(scratch_.next_level, num_entries);
    entries_.released = take(scratch_.released, num_entries);
    entries_.candidates = take(scratch_.candidates, num_entries);
    entries_.level_is_present = take(scratch_.level_is_present, no_level);
    scratch_.any_deleted.resize(1);
    scratch_.first_listed.resize(num_row_classes + 1);
    fill_bytes(exec_, entries_.level_is_present, 0, no_level);
    fill_bytes(exec_, entries_.changed_in_pass, 0,
               static_cast<std::size_t>(entries_.bits.num_words()) * sizeof(std::uint32_t));
  }

  void fill_entries(const std::uint32_t* squared_distance_nm2, double level_nm) {
    for (int c = 0; c < num_row_classes; ++c) {
      for_each_index(
          exec_, first_entry_[c + 1] - first_entry_[c],
          FillEntry{entries_, RowClass(entries_.bits, c), scratch_.listed.data() + first_entry_[c],
                    first_entry_[c], squared_distance_nm2, level_nm},
          serial_below);
    }
  }

  // Lets the voxels of `level` go, and lists the entries with voxels that may go.
  void release(std::uint16_t level) {
    std::int64_t* listed = scratch_.listed.data();
    for_each_index(exec_, first_entry_.back(),
                   ReleaseLevel{entries_, level, pass_, scratch_.flags.data()}, serial_below);
    const std::int64_t num_listed =
        compact_indices(exec_, scratch_.flags.data(), first_entry_.back(), listed);
    for_each_index(exec_, num_row_classes + 1,
                   FindFirstListed{listed, num_listed, first_entry_, scratch_.first_listed.data()});
    copy(exec_, scratch_.first_listed, first_listed_);
  }

  // The first pass after a release deletes voxels nearly always: what it did is not asked for,
  // because every answer of a GPU costs about half of a pass.
  void delete_until_nothing_goes() {
    delete_once();
    do {
      fill_bytes(exec_, scratch_.any_deleted.data(), 0, sizeof(std::int32_t));
      delete_once();
      copy(exec_, scratch_.any_deleted, any_deleted_);
    } while (any_deleted_[0] != 0);
  }

  // One pass over the listed words.
  void delete_once() {
    const std::int64_t* listed = scratch_.listed.data();
    ++pass_;
    for_each_index(exec_, first_listed_[num_row_classes], FindCandidates{entries_, listed, pass_},
                   serial_below);
    for (int c = 0; c < num_row_classes; ++c) {
      for (const std::uint64_t x_parity : x_parity_masks) {
        for_each_index(exec_, first_listed_[c + 1] - first_listed_[c],
                       DeleteSimple{entries_, listed + first_listed_[c], x_parity, pass_,
                                    scratch_.any_deleted.data()},
                       serial_below);
      }
    }
  }

  Exec exec_;
  ThinScratch& scratch_;
  Entries entries_{};
  ClassStarts first_entry_{};
  Array<std::int64_t> first_listed_;
  Array<std::int32_t> any_deleted_;
  std::uint32_t pass_ = 1;  // so that a zero in changed_in_pass is before the last pass
};

}  // namespace

ThinScratch::ThinScratch(MemorySpace space)
    : flags(space),
      listed(space),
      changed_in_pass(space),
      word_index(space),
      levels(space),
      next_level(space),
      released(space),
      candidates(space),
      level_is_present(space),
      first_listed(space),
      any_deleted(space) {}

void thin(const Exec& exec, BitVolume& bits, VolumeView<const std::uint32_t> squared_distance_nm2,
          const ThinParams& params, ThinScratch& scratch) {
  const Spacing spacing = squared_distance_nm2.spacing;
  const std::int64_t smallest_nm =
      std::min({rounded_nm(spacing.z_um), rounded_nm(spacing.y_um), rounded_nm(spacing.x_um)});
  require(bits.extent() == squared_distance_nm2.extent, "bits and distances differ in extent");
  require(smallest_nm > 0, "the spacing of the distances is less than 1 nm");
  require(params.level_um == 0 || rounded_nm(params.level_um) > 0, "level_um is less than 1 nm");
  require(exec.space() == bits.space(), "the bit volume lies in the other memory space");
  const double level_nm = params.level_um == 0 ? static_cast<double>(smallest_nm) / 4
                                               : static_cast<double>(rounded_nm(params.level_um));
  Thinning(exec, bits.view(), scratch).run(squared_distance_nm2.data, level_nm);
}

}  // namespace bramble
