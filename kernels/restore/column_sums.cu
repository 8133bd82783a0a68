#include "kernels/restore/column_sums.hpp"

#include "kernels/core/for_each_voxel.hpp"

namespace bramble {

namespace {

// Rows are quantities: totals[quantity][x] = sum over slabs of columns[quantity][slab][x].
struct AddSlabs {
  const double* columns;
  double* totals;
  int num_slabs;
  int width;

  BRAMBLE_HD void operator()(Voxel first, int end_x) const noexcept {
    double* total = totals + static_cast<std::int64_t>(first.y) * width;
    for (int x = first.x; x < end_x; ++x) {
      total[x] = 0;
    }
    for (int slab = 0; slab < num_slabs; ++slab) {
      const double* column =
          columns + (static_cast<std::int64_t>(first.y) * num_slabs + slab) * width;
      for (int x = first.x; x < end_x; ++x) {
        total[x] += column[x];
      }
    }
  }
};

}  // namespace

void ColumnSums::clear(const Exec& exec, int num_quantities, int num_slabs, int width) {
  num_quantities_ = num_quantities;
  num_slabs_ = num_slabs;
  width_ = width;
  columns_.resize(std::int64_t{num_quantities} * num_slabs * width);
  fill_bytes(exec, columns_.data(), 0, static_cast<std::size_t>(columns_.size()) * sizeof(double));
}

std::vector<double> ColumnSums::total(const Exec& exec) {
  totals_.resize(std::int64_t{num_quantities_} * width_);
  for_each_row_part(exec, Extent{1, num_quantities_, width_},
                    AddSlabs{columns_.data(), totals_.data(), num_slabs_, width_});
  copy(exec, totals_, host_totals_);
  std::vector<double> sums(static_cast<std::size_t>(num_quantities_), 0.0);
  for (std::int64_t i = 0; i < host_totals_.size(); ++i) {
    sums[static_cast<std::size_t>(i / width_)] += host_totals_[i];
  }
  return sums;
}

}  // namespace bramble
