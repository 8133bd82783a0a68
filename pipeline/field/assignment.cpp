#include "pipeline/field/assignment.hpp"

#include <cstddef>
#include <limits>

namespace bramble {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// Finds for one row after the other the cheapest way to give it a column, moving earlier rows to
// others where that is cheaper. Every row has a column of its own beyond the table, at the cost of
// staying alone, so each always gets one.
class Assigner {
 public:
  Assigner(const CostTable& costs, double limit)
      : costs_(costs),
        limit_(limit),
        num_columns_(static_cast<std::size_t>(costs.num_columns + costs.num_rows)),
        row_price_(static_cast<std::size_t>(costs.num_rows), 0.0),
        column_price_(num_columns_, 0.0),
        row_of_(num_columns_, -1) {
    for (int row = 0; row < costs.num_rows; ++row) {
      add_row(row);
    }
  }

  std::vector<int> columns_of_rows() const {
    std::vector<int> column_of(static_cast<std::size_t>(costs_.num_rows), -1);
    for (int column = 0; column < costs_.num_columns; ++column) {
      const int row = row_of_[static_cast<std::size_t>(column)];
      if (row >= 0) {
        column_of[static_cast<std::size_t>(row)] = column;
      }
    }
    return column_of;
  }

 private:
  double cost(int row, std::size_t column) const {
    if (column < static_cast<std::size_t>(costs_.num_columns)) {
      const double value = costs_.at(row, static_cast<int>(column));
      return value <= limit_ ? value : infinity;
    }
    return column == static_cast<std::size_t>(costs_.num_columns + row) ? limit_ : infinity;
  }

  // Dijkstra over columns in reduced costs, from `first_row` to the nearest column without a row.
  void add_row(int first_row) {
    std::vector<double> distance(num_columns_, infinity);
    std::vector<int> reached_from(num_columns_, -1);
    std::vector<bool> done(num_columns_, false);
    int row = first_row;
    double travelled = 0;
    std::size_t column = num_columns_;
    while (true) {
      column = num_columns_;
      for (std::size_t next = 0; next < num_columns_; ++next) {
        if (done[next]) {
          continue;
        }
        const double through = travelled + cost(row, next) -
                               row_price_[static_cast<std::size_t>(row)] - column_price_[next];
        if (through < distance[next]) {
          distance[next] = through;
          reached_from[next] = row;
        }
        if (column == num_columns_ || distance[next] < distance[column]) {
          column = next;
        }
      }
      done[column] = true;
      travelled = distance[column];
      if (row_of_[column] < 0) {
        break;
      }
      row = row_of_[column];
    }
    raise_prices(first_row, travelled, distance, done);
    pass_columns_on(first_row, column, reached_from);
  }

  void raise_prices(int first_row, double travelled, const std::vector<double>& distance,
                    const std::vector<bool>& done) {
    row_price_[static_cast<std::size_t>(first_row)] += travelled;
    for (std::size_t column = 0; column < num_columns_; ++column) {
      if (!done[column]) {
        continue;
      }
      const double rest = travelled - distance[column];
      column_price_[column] -= rest;
      if (row_of_[column] >= 0) {
        row_price_[static_cast<std::size_t>(row_of_[column])] += rest;
      }
    }
  }

  // Along the path found, every row takes the column it was reached by.
  void pass_columns_on(int first_row, std::size_t column, const std::vector<int>& reached_from) {
    while (true) {
      const int row = reached_from[column];
      std::size_t before = num_columns_;
      for (std::size_t other = 0; other < num_columns_; ++other) {
        if (row_of_[other] == row) {
          before = other;
        }
      }
      row_of_[column] = row;
      if (row == first_row) {
        return;
      }
      column = before;
    }
  }

  const CostTable& costs_;
  double limit_;
  std::size_t num_columns_;
  std::vector<double> row_price_;
  std::vector<double> column_price_;
  std::vector<int> row_of_;  // the row that has a column, -1 for none
};

}  // namespace

CostTable::CostTable(int rows, int columns)
    : num_rows(rows),
      num_columns(columns),
      costs(static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns), 0.0) {}

double& CostTable::at(int row, int column) noexcept {
  return costs[static_cast<std::size_t>(row) * static_cast<std::size_t>(num_columns) +
               static_cast<std::size_t>(column)];
}

double CostTable::at(int row, int column) const noexcept {
  return costs[static_cast<std::size_t>(row) * static_cast<std::size_t>(num_columns) +
               static_cast<std::size_t>(column)];
}

std::vector<int> assign_pairs(const CostTable& costs, double limit) {
  return Assigner(costs, limit).columns_of_rows();
}

}  // namespace bramble
