#include "kernels/core/bit_volume.hpp"

#include "kernels/core/for_each_voxel.hpp"
#include "kernels/core/reduce.hpp"
#include "kernels/core/word_bits.hpp"

#include <algorithm>

namespace bramble {

namespace {

struct PackWord {
  VolumeView<const std::uint8_t> mask;
  BitView bits;

  // v.x is the word, not the voxel.
  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    const int first = v.x * 64;
    const int last = first + 64 < mask.extent.x ? first + 64 : mask.extent.x;
    const std::uint8_t* row = mask.data + mask.extent.index({v.z, v.y, 0});
    std::uint8_t is_set[64] = {};
    for (int x = first; x < last; ++x) {
      is_set[x - first] = row[x] != 0;
    }
    bits.words[bits.word_index(v.z, v.y, v.x)] = pack_bytes(is_set);
  }
};

struct UnpackVoxel {
  BitView bits;
  VolumeView<std::uint8_t> mask;

  BRAMBLE_HD void operator()(Voxel v) const noexcept { mask(v) = bits.test(v) ? 1 : 0; }
};

struct CountWord {
  const std::uint64_t* words;
  std::int32_t* counts;

  BRAMBLE_HD void operator()(std::int64_t i) const noexcept { counts[i] = count_set(words[i]); }
};

}  // namespace

void BitVolume::reshape(const Exec& exec, Extent extent) {
  require(exec.space() == words_.space(), "the bit volume lies in the other memory space");
  extent_ = extent;
  words_.resize(BitView{nullptr, extent}.num_words());
  fill_bytes(exec, words_.data(), 0,
             static_cast<std::size_t>(words_.size()) * sizeof(std::uint64_t));
}

void pack_bits(const Exec& exec, VolumeView<const std::uint8_t> mask, BitVolume& bits) {
  bits.reshape(exec, mask.extent);
  const BitView view = bits.view();
  const Extent words{mask.extent.z, mask.extent.y, static_cast<int>(view.words_per_row())};
  for_each_voxel(exec, words, PackWord{mask, view});
}

void unpack_bits(const Exec& exec, const BitVolume& bits, VolumeView<std::uint8_t> mask) {
  require(mask.extent == bits.extent(), "mask and bits differ in extent");
  for_each_voxel(exec, mask.extent, UnpackVoxel{bits.view(), mask});
}

std::int64_t count_bits(const Exec& exec, const BitVolume& bits) {
  Array<std::int32_t> counts(exec.space(), bits.words().size());
  for_each_index(exec, counts.size(), CountWord{bits.words().data(), counts.data()});
  return sum(exec, counts.data(), counts.size());
}

void copy(const Exec& exec, const BitVolume& from, BitVolume& to) {
  const Exec clear = to.space() == exec.space() ? exec : cpu_exec;
  to.reshape(clear, from.extent());
  copy(exec, from.words(), to.words());
}

}  // namespace bramble
