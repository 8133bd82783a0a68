#include "pipeline/field/assignment.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <set>

namespace bramble {
namespace {

CostTable table(int rows, int columns, std::vector<double> costs) {
  CostTable result(rows, columns);
  result.costs = std::move(costs);
  return result;
}

double total(const CostTable& costs, const std::vector<int>& column_of, double limit) {
  double sum = 0;
  for (int row = 0; row < costs.num_rows; ++row) {
    const int column = column_of[static_cast<std::size_t>(row)];
    sum += column < 0 ? 0 : costs.at(row, column) - limit;
  }
  return sum;
}

// The least total over every way to give the rows from `row` on a free column or none.
double least_total(const CostTable& costs, int row, std::set<int>& taken, double limit) {
  if (row == costs.num_rows) {
    return 0;
  }
  double least = least_total(costs, row + 1, taken, limit);
  for (int column = 0; column < costs.num_columns; ++column) {
    if (costs.at(row, column) <= limit && !taken.contains(column)) {
      taken.insert(column);
      least = std::min(least,
                       costs.at(row, column) - limit + least_total(costs, row + 1, taken, limit));
      taken.erase(column);
    }
  }
  return least;
}

// Each row's best is column 0; together they are cheapest the other way.
TEST(Assignment, finds_the_cheapest_whole_not_the_cheapest_pair) {
  EXPECT_EQ(assign_pairs(table(2, 2, {0.1, 0.2, 0.2, 0.9}), 1), (std::vector<int>{1, 0}));
}

TEST(Assignment, leaves_alone_what_costs_more_than_the_limit) {
  EXPECT_EQ(assign_pairs(table(2, 2, {0.1, 2, 2, 1.5}), 1), (std::vector<int>{0, -1}));
}

TEST(Assignment, two_pairs_below_the_limit_beat_one_good_one) {
  EXPECT_EQ(assign_pairs(table(2, 2, {0.0, 0.4, 0.4, 5}), 1), (std::vector<int>{1, 0}));
}

TEST(Assignment, one_good_pair_beats_two_near_the_limit) {
  EXPECT_EQ(assign_pairs(table(2, 2, {0.0, 0.95, 0.95, 5}), 1), (std::vector<int>{0, -1}));
}

TEST(Assignment, takes_tables_of_any_shape) {
  EXPECT_TRUE(assign_pairs(CostTable(0, 3), 1).empty());
  EXPECT_EQ(assign_pairs(CostTable(2, 0), 1), (std::vector<int>{-1, -1}));
  EXPECT_EQ(assign_pairs(table(1, 3, {0.5, 0.1, 0.4}), 1), (std::vector<int>{1}));
  EXPECT_EQ(assign_pairs(table(3, 1, {0.5, 0.1, 0.4}), 1), (std::vector<int>{-1, 0, -1}));
}

TEST(Assignment, infinite_costs_are_never_taken) {
  constexpr double never = std::numeric_limits<double>::infinity();

  EXPECT_EQ(assign_pairs(table(2, 2, {never, 0.5, never, 0.4}), 1), (std::vector<int>{-1, 1}));
}

TEST(Assignment, is_as_cheap_as_the_best_of_all_pairings) {
  std::mt19937 generator(5);
  for (int trial = 0; trial < 200; ++trial) {
    const int rows = static_cast<int>(generator() % 6);
    const int columns = static_cast<int>(generator() % 6);
    CostTable costs(rows, columns);
    for (double& cost : costs.costs) {
      cost = static_cast<double>(generator() % 1000) / 600;
    }

    const std::vector<int> column_of = assign_pairs(costs, 1);

    std::set<int> none;
    std::set<int> used;
    for (const int column : column_of) {
      EXPECT_TRUE(column < 0 || used.insert(column).second) << "trial " << trial;
    }
    EXPECT_NEAR(total(costs, column_of, 1), least_total(costs, 0, none, 1), 1e-12)
        << "trial " << trial;
  }
}

}  // namespace
}  // namespace bramble
