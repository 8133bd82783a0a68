#include "kernels/segment/fill_cavities.hpp"

#include "kernels/core/atomic.hpp"
#include "kernels/core/for_each_voxel.hpp"
#include "kernels/core/word_bits.hpp"

namespace bramble {

namespace {

struct InvertWord {
  BitView bits;
  BitView inverted;

  // v.x is the word, not the voxel.
  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    const int voxels_left = bits.extent.x - 64 * v.x;
    const std::int64_t index = bits.word_index(v.z, v.y, v.x);
    inverted.words[index] = ~bits.words[index] & bit_range(0, voxels_left < 64 ? voxels_left : 64);
  }
};

// Clears the flag of each component that touches the border. Several rows may clear one flag.
struct ClearAtBorder {
  RunView runs;
  std::uint8_t* flags;

  BRAMBLE_HD void operator()(std::int64_t row) const noexcept {
    const std::int64_t z = row / runs.extent.y;
    const std::int64_t y = row % runs.extent.y;
    const bool is_border_row = z == 0 || z == runs.extent.z - 1 || y == 0 || y == runs.extent.y - 1;
    for (std::int32_t run = runs.first_run[row]; run < runs.first_run[row + 1]; ++run) {
      if (is_border_row || runs.first_x[run] == 0 || runs.end_x[run] == runs.extent.x) {
        atomic_store(flags + runs.label[run], std::uint8_t{0});
      }
    }
  }
};

}  // namespace

FillCavitiesScratch::FillCavitiesScratch(MemorySpace space)
    : background(space), runs(space), flags(space) {}

void fill_cavities(const Exec& exec, BitVolume& bits, FillCavitiesScratch& scratch) {
  const BitView view = bits.view();
  RunLabels& runs = scratch.runs;
  scratch.background.reshape(exec, view.extent);
  const Extent words{view.extent.z, view.extent.y, static_cast<int>(view.words_per_row())};
  for_each_voxel(exec, words, InvertWord{view, scratch.background.view()});
  label_runs(exec, scratch.background, Connectivity::face_6, runs);
  scratch.flags.resize(runs.num_runs());
  fill_bytes(exec, scratch.flags.data(), 1, static_cast<std::size_t>(runs.num_runs()));
  for_each_index(exec, runs.extent.num_rows(), ClearAtBorder{runs.view(), scratch.flags.data()});
  paint_components(exec, runs, scratch.flags, bits);
}

}  // namespace bramble
