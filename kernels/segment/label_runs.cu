#include "kernels/segment/label_runs.hpp"

#include "kernels/core/atomic.hpp"
#include "kernels/core/for_each_voxel.hpp"
#include "kernels/core/scan.hpp"
#include "kernels/core/word_bits.hpp"

#include <limits>

namespace bramble {

namespace {

// Most rows are empty and runs are short: few of them are not worth a second CPU thread.
constexpr std::int64_t serial_below = 131072;

struct CountRuns {
  BitView bits;
  std::int32_t* num_runs;

  BRAMBLE_HD void operator()(std::int64_t row) const noexcept {
    const std::uint64_t* words = bits.row(row);
    std::int32_t count = 0;
    for (std::int64_t w = 0; w < bits.words_per_row(); ++w) {
      count += count_set(words[w] & ~(words[w] << 1 | words[w - 1] >> 63));
    }
    num_runs[row] = count;
  }
};

struct WriteRuns {
  BitView bits;
  const std::int32_t* first_run;
  std::int32_t* first_x;
  std::int32_t* end_x;
  std::int32_t* label;

  BRAMBLE_HD void operator()(std::int64_t row) const noexcept {
    if (first_run[row] == first_run[row + 1]) {
      return;
    }
    const std::uint64_t* words = bits.row(row);
    std::int32_t next_first = first_run[row];
    std::int32_t next_end = first_run[row];
    // One word more than the row has: a run that fills the last bit ends there.
    for (std::int32_t w = 0; w <= bits.words_per_row(); ++w) {
      const std::uint64_t before = words[w] << 1 | words[w - 1] >> 63;
      for (std::uint64_t starts = words[w] & ~before; starts != 0; starts &= starts - 1) {
        label[next_first] = next_first;
        first_x[next_first++] = 64 * w + lowest_set(starts);
      }
      for (std::uint64_t ends = ~words[w] & before; ends != 0; ends &= ends - 1) {
        end_x[next_end++] = 64 * w + lowest_set(ends);
      }
    }
  }
};

// The root of the tree of a run, and half of the path to it: each step stores the parent's parent.
// Another thread may do the same at the same time; every value that is ever stored is a smaller run
// of the same component.
BRAMBLE_HD std::int32_t find_root(std::int32_t* parent, std::int32_t run) noexcept {
  std::int32_t above = atomic_load(parent + run);
  while (above != run) {
    const std::int32_t next = atomic_load(parent + above);
    if (next != above) {
      atomic_store(parent + run, next);
    }
    run = above;
    above = next;
  }
  return run;
}

// Joins two trees. Only a root is exchanged, and only for a smaller root, so a failure means that
// another thread has joined this root already: then the search starts again from there.
BRAMBLE_HD void unite(std::int32_t* parent, std::int32_t a, std::int32_t b) noexcept {
  for (;;) {
    a = find_root(parent, a);
    b = find_root(parent, b);
    if (a == b) {
      return;
    }
    const std::int32_t larger = a < b ? b : a;
    const std::int32_t smaller = a < b ? a : b;
    if (atomic_compare_exchange(parent + larger, larger, smaller) == larger) {
      return;
    }
  }
}

// Joins the runs of a row with those of the neighbour rows before it. Rows share the trees, see
// unite().
struct JoinRow {
  Extent extent;
  Connectivity connectivity;
  const std::int32_t* first_run;
  const std::int32_t* first_x;
  const std::int32_t* end_x;
  std::int32_t* parent;

  BRAMBLE_HD void operator()(std::int64_t row) const noexcept {
    if (first_run[row] == first_run[row + 1]) {
      return;
    }
    const std::int64_t y = row % extent.y;
    const bool has_plane_before = row >= extent.y;
    if (y > 0) {
      join(row, row - 1);
    }
    if (has_plane_before) {
      join(row, row - extent.y);
    }
    if (has_plane_before && connectivity == Connectivity::corner_26) {
      if (y > 0) {
        join(row, row - extent.y - 1);
      }
      if (y + 1 < extent.y) {
        join(row, row - extent.y + 1);
      }
    }
  }

  // Runs through both rows at once.
  BRAMBLE_HD void join(std::int64_t row, std::int64_t row_before) const noexcept {
    const std::int32_t reach = connectivity == Connectivity::corner_26 ? 1 : 0;
    std::int32_t a = first_run[row];
    std::int32_t b = first_run[row_before];
    while (a < first_run[row + 1] && b < first_run[row_before + 1]) {
      if (first_x[a] < end_x[b] + reach && first_x[b] < end_x[a] + reach) {
        unite(parent, a, b);
      }
      if (end_x[a] < end_x[b]) {
        ++a;
      } else {
        ++b;
      }
    }
  }
};

// Points a run at its root. Others may shorten the same paths now; the roots stay.
struct FlattenRun {
  std::int32_t* parent;

  BRAMBLE_HD void operator()(std::int64_t run) const noexcept {
    atomic_store(parent + run, find_root(parent, static_cast<std::int32_t>(run)));
  }
};

// Adds the length of a run to its component; a sum of integers is the same in any order.
struct AddRunLength {
  RunView runs;
  std::int64_t* num_voxels;

  BRAMBLE_HD void operator()(std::int64_t run) const noexcept {
    const std::int64_t length = runs.end_x[run] - runs.first_x[run];
    atomic_add(num_voxels + runs.label[run], length);
  }
};

struct PaintRow {
  RunView runs;
  const std::uint8_t* flags;
  BitView bits;

  BRAMBLE_HD void operator()(std::int64_t row) const noexcept {
    std::uint64_t* words = bits.row(row);
    for (std::int32_t run = runs.first_run[row]; run < runs.first_run[row + 1]; ++run) {
      if (flags[runs.label[run]] == 0) {
        continue;
      }
      const std::int32_t first = runs.first_x[run];
      const std::int32_t end = runs.end_x[run];
      for (std::int32_t w = first / 64; 64 * w < end; ++w) {
        words[w] |= bits_in_word(w, first, end);
      }
    }
  }
};

}  // namespace

RunLabels::RunLabels(MemorySpace space)
    : first_run(space), first_x(space), end_x(space), label(space) {}

void label_runs(const Exec& exec, const BitVolume& bits, Connectivity connectivity,
                RunLabels& runs) {
  const BitView view = bits.view();
  const std::int64_t num_rows = view.extent.num_rows();
  const std::int64_t most_runs = num_rows * ((static_cast<std::int64_t>(view.extent.x) + 1) / 2);
  require(
      most_runs < std::numeric_limits<std::int32_t>::max(),
      "the volume may have 2^31 runs or more, which are numbered in 32 bits; use smaller tiles");
  require(exec.space() == bits.space(), "the bit volume lies in the other memory space");
  runs.extent = view.extent;
  runs.first_run.resize(num_rows + 1);
  std::int32_t* first_run = runs.first_run.data();
  fill_bytes(exec, first_run + num_rows, 0, sizeof(std::int32_t));
  for_each_index(exec, num_rows, CountRuns{view, first_run}, serial_below);
  exclusive_scan(exec, first_run, num_rows + 1, first_run);
  std::int32_t num_runs = 0;
  copy_bytes(exec, first_run + num_rows, exec.space(), &num_runs, MemorySpace::host,
             sizeof num_runs);
  runs.first_x.resize(num_runs);
  runs.end_x.resize(num_runs);
  runs.label.resize(num_runs);
  std::int32_t* first_x = runs.first_x.data();
  std::int32_t* end_x = runs.end_x.data();
  std::int32_t* label = runs.label.data();
  for_each_index(exec, num_rows, WriteRuns{view, first_run, first_x, end_x, label}, serial_below);
  for_each_index(exec, num_rows,
                 JoinRow{view.extent, connectivity, first_run, first_x, end_x, label},
                 serial_below);
  for_each_index(exec, num_runs, FlattenRun{label}, serial_below);
}

void count_component_voxels(const Exec& exec, const RunLabels& runs,
                            Array<std::int64_t>& num_voxels) {
  num_voxels.resize(runs.num_runs());
  fill_bytes(exec, num_voxels.data(), 0,
             static_cast<std::size_t>(runs.num_runs()) * sizeof(std::int64_t));
  for_each_index(exec, runs.num_runs(), AddRunLength{runs.view(), num_voxels.data()}, serial_below);
}

void paint_components(const Exec& exec, const RunLabels& runs, const Array<std::uint8_t>& flags,
                      BitVolume& bits) {
  require(runs.extent == bits.extent(), "the runs and the bit volume differ in extent");
  require(runs.num_runs() == flags.size(), "there is not one flag for each run");
  for_each_index(exec, runs.extent.num_rows(), PaintRow{runs.view(), flags.data(), bits.view()},
                 serial_below);
}

}  // namespace bramble
