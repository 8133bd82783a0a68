#pragma once

#include <vector>

namespace bramble {

// Costs of pairing each of `num_rows` things with each of `num_columns` others, row by row.
struct CostTable {
  int num_rows = 0;
  int num_columns = 0;
  std::vector<double> costs;

  CostTable(int rows, int columns);
  double& at(int row, int column) noexcept;
  double at(int row, int column) const noexcept;
};

// The one-to-one pairing with the least total of (cost - limit): pairs that cost more than `limit`
// are never made, and as much is paired as lowers that total. Gives the column of each row, -1 for
// none. Exact (Hungarian method with shortest augmenting paths, Jonker and Volgenant 1987,
// doi 10.1007/BF02278710), O(rows^2 (rows + columns)), deterministic.
std::vector<int> assign_pairs(const CostTable& costs, double limit);

}  // namespace bramble
