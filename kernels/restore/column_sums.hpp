#pragma once

#include "kernels/core/exec.hpp"
#include "kernels/core/memory.hpp"

#include <vector>

namespace bramble {

// Sums of several quantities over a volume in double and in a fixed order. The caller adds to
// columns()[quantity][slab][x], each slab on one thread; total() adds up the slabs in order, then
// the columns. Few numbers reach the host: one a column.
class ColumnSums {
 public:
  explicit ColumnSums(MemorySpace space) : columns_(space), totals_(space) {}

  // Sets all sums to 0.
  void clear(const Exec& exec, int num_quantities, int num_slabs, int width);
  double* columns() noexcept { return columns_.data(); }
  // One total a quantity.
  std::vector<double> total(const Exec& exec);

 private:
  int num_quantities_ = 0;
  int num_slabs_ = 0;
  int width_ = 0;
  Array<double> columns_;
  Array<double> totals_;
  Array<double> host_totals_;
};

}  // namespace bramble
