#pragma once

#include "io/delimited_table.hpp"
#include "pipeline/records/truth.hpp"

#include <map>
#include <string>
#include <tuple>

namespace bramble {

// Gathers the rows of truth tables by stack.
class TruthStacks {
 public:
  // The stack that a row is of, by its subject, session and fov as far as the table has them.
  TruthStack& stack_of(const DelimitedTable& table, std::size_t row);

  StudyTruth take(TruthKind kind);

 private:
  std::map<std::tuple<std::string, std::string, std::string>, TruthStack> stacks_;
};

// Three columns with a common beginning: "head_" gives head_z_um, head_y_um, head_x_um.
Position read_position(const DelimitedTable& table, std::size_t row, const std::string& prefix);

}  // namespace bramble
