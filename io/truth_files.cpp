#include "io/truth_files.hpp"

#include "io/truth_stacks.hpp"
#include "kernels/core/error.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace bramble {
namespace {

namespace fs = std::filesystem;

// The centre of a head lies this far from the tip that a person marks (reference data/rr30a).
constexpr double tip_to_head_um = 0.36;

Position head_of(Position tip, Position base) {
  const Position towards_base = base - tip;
  const double length = length_um(towards_base);
  return length > 0 ? tip + towards_base * (tip_to_head_um / length) : tip;
}

// Nodes of one dendrite stand together in the table, in order.
void add_node(TruthStack& stack, const std::string& dendrite_id, Position node, bool inside) {
  if (stack.dendrites.empty() || stack.dendrites.back().dendrite_id != dendrite_id) {
    stack.dendrites.push_back({.dendrite_id = dendrite_id, .nodes = {}, .inside = {}});
  }
  stack.dendrites.back().nodes.push_back(node);
  stack.dendrites.back().inside.push_back(inside);
}

TruthSpine read_phantom_spine(const DelimitedTable& table, std::size_t row) {
  const std::string& dendrite_id = table.text(row, table.column("dendrite_id"));
  return {.dendrite_id = dendrite_id,
          // The generator numbers the spines of each dendrite.
          .spine_id = dendrite_id + "/" + table.text(row, table.column("spine_id")),
          .head = read_position(table, row, "head_"),
          .counts = table.flag(row, table.column("scorable")),
          .head_diameter_um = table.number_if_any(row, "head_diameter_um"),
          .neck_length_um = table.number_if_any(row, "neck_length_um"),
          .length_um = table.number_if_any(row, "length_um"),
          .neighbour_um = table.number_if_any(row, "neighbour_um"),
          .spine_class = table.text_if_any(row, "class"),
          .contrast = table.number_if_any(row, "contrast"),
          .d_prime = table.number_if_any(row, "d_prime")};
}

// The motion of a stack bends its centrelines; their lengths without it are in a table of their
// own.
void read_lengths(const std::string& path, TruthStacks& stacks) {
  const DelimitedTable summary(path);
  const std::size_t id = summary.column("dendrite_id");
  const std::size_t length = summary.column("length_um");
  for (std::size_t row = 0; row < summary.num_rows(); ++row) {
    for (TruthDendrite& dendrite : stacks.stack_of(summary, row).dendrites) {
      if (dendrite.dendrite_id == summary.text(row, id)) {
        dendrite.length_um = summary.known_number(row, length);
      }
    }
  }
}

void require_rows(const StudyTruth& truth, const std::string& path) {
  if (truth.stacks.empty()) {
    throw DataError(path + ": no rows; expected one per true spine");
  }
}

}  // namespace

StudyTruth read_phantom_truth(const std::string& folder) {
  TruthStacks stacks;
  const DelimitedTable spines(folder + "/truth_spines.csv");
  for (std::size_t row = 0; row < spines.num_rows(); ++row) {
    stacks.stack_of(spines, row).spines.push_back(read_phantom_spine(spines, row));
  }
  const DelimitedTable nodes(folder + "/truth_dendrites.csv");
  const std::size_t dendrite = nodes.column("dendrite_id");
  const std::size_t inside = nodes.column("inside");
  for (std::size_t row = 0; row < nodes.num_rows(); ++row) {
    add_node(stacks.stack_of(nodes, row), nodes.text(row, dendrite), read_position(nodes, row, ""),
             nodes.flag(row, inside));
  }
  if (fs::exists(folder + "/truth_summary.csv")) {
    read_lengths(folder + "/truth_summary.csv", stacks);
  }
  StudyTruth truth = stacks.take(TruthKind::phantom);
  require_rows(truth, folder + "/truth_spines.csv");
  return truth;
}

StudyTruth read_annotation(const std::string& folder) {
  TruthStacks stacks;
  const DelimitedTable spines(folder + "/spines.csv");
  const std::size_t dendrite = spines.column("dendrite_id");
  const std::size_t spine = spines.column("spine_id");
  const std::size_t excluded = spines.column("excluded");
  spines.column("session");
  for (std::size_t row = 0; row < spines.num_rows(); ++row) {
    stacks.stack_of(spines, row)
        .spines.push_back({.dendrite_id = spines.text(row, dendrite),
                           .spine_id = spines.text(row, spine),
                           .head = head_of(read_position(spines, row, "tip_"),
                                           read_position(spines, row, "base_")),
                           .counts = !spines.flag(row, excluded),
                           .spine_class = {}});
  }
  const DelimitedTable lines(folder + "/centrelines.csv");
  const std::size_t line = lines.column("dendrite_id");
  lines.column("session");
  for (std::size_t row = 0; row < lines.num_rows(); ++row) {
    add_node(stacks.stack_of(lines, row), lines.text(row, line), read_position(lines, row, ""),
             true);
  }
  StudyTruth truth = stacks.take(TruthKind::annotation);
  require_rows(truth, folder + "/spines.csv");
  return truth;
}

StudyTruth read_head_positions(const std::string& path) {
  TruthStacks stacks;
  const DelimitedTable heads(path);
  for (std::size_t row = 0; row < heads.num_rows(); ++row) {
    std::string id = heads.text_if_any(row, "spine_id");
    TruthStack& stack = stacks.stack_of(heads, row);
    if (id.empty()) {
      id = fmt::format("{}-row{}", stack.session_id, row + 1);
    }
    stack.spines.push_back({.dendrite_id = heads.text_if_any(row, "dendrite_id"),
                            .spine_id = id,
                            .head = read_position(heads, row, ""),
                            .head_diameter_um = heads.number_if_any(row, "head_diameter_um"),
                            .spine_class = {}});
  }
  StudyTruth truth = stacks.take(TruthKind::positions);
  require_rows(truth, path);
  return truth;
}

StudyTruth read_study_truth(const std::string& path) {
  const fs::path place = path;
  if (fs::is_regular_file(place)) {
    return read_head_positions(path);
  }
  if (fs::exists(place / "truth_spines.csv")) {
    return read_phantom_truth(path);
  }
  if (fs::exists(place / "spines.csv") && fs::exists(place / "centrelines.csv")) {
    return read_annotation(path);
  }
  throw InvalidArgument(
      path +
      ": no truth there; expected a folder with truth_spines.csv and truth_dendrites.csv (bramble "
      "phantom writes them), a folder with spines.csv and centrelines.csv (an annotation), or a "
      "file of head positions with the columns z_um, y_um, x_um");
}

}  // namespace bramble
