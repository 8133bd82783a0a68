#include "kernels/segment/select_components.hpp"

#include "kernels/core/atomic.hpp"
#include "kernels/core/for_each_voxel.hpp"
#include "kernels/core/word_bits.hpp"

namespace bramble {

namespace {

// Sets the flag of each component with a voxel of `high`. Several rows may set one flag, all of
// them to 1.
struct FlagWithHigh {
  RunView runs;
  BitView high;
  std::uint8_t* flags;

  BRAMBLE_HD void operator()(std::int64_t row) const noexcept {
    const std::uint64_t* words = high.row(row);
    for (std::int32_t run = runs.first_run[row]; run < runs.first_run[row + 1]; ++run) {
      if (has_bit(words, runs.first_x[run], runs.end_x[run])) {
        atomic_store(flags + runs.label[run], std::uint8_t{1});
      }
    }
  }

  BRAMBLE_HD bool has_bit(const std::uint64_t* words, int first, int end) const noexcept {
    for (int w = first / 64; 64 * w < end; ++w) {
      if ((words[w] & bits_in_word(w, first, end)) != 0) {
        return true;
      }
    }
    return false;
  }
};

struct DropSmall {
  const std::int64_t* num_voxels;
  std::int64_t min_voxels;
  std::uint8_t* flags;

  BRAMBLE_HD void operator()(std::int64_t run) const noexcept {
    if (num_voxels[run] < min_voxels) {
      flags[run] = 0;
    }
  }
};

}  // namespace

SelectComponentsScratch::SelectComponentsScratch(MemorySpace space)
    : runs(space), num_voxels(space), flags(space) {}

void select_components(const Exec& exec, const BitVolume& low, const BitVolume& high,
                       const SelectComponentsParams& params, SelectComponentsScratch& scratch,
                       BitVolume& kept) {
  require(low.extent() == high.extent(), "low and high differ in extent");
  require(params.min_voxels >= 0, "min_voxels is negative");
  RunLabels& runs = scratch.runs;
  label_runs(exec, low, Connectivity::corner_26, runs);
  count_component_voxels(exec, runs, scratch.num_voxels);
  scratch.flags.resize(runs.num_runs());
  fill_bytes(exec, scratch.flags.data(), 0, static_cast<std::size_t>(runs.num_runs()));
  for_each_index(exec, runs.extent.num_rows(),
                 FlagWithHigh{runs.view(), high.view(), scratch.flags.data()});
  for_each_index(exec, runs.num_runs(),
                 DropSmall{scratch.num_voxels.data(), params.min_voxels, scratch.flags.data()});
  kept.reshape(exec, runs.extent);
  paint_components(exec, runs, scratch.flags, kept);
}

}  // namespace bramble
