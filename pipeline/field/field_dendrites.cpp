#include "pipeline/field/field_dendrites.hpp"

#include "pipeline/records/flags.hpp"

#include <cstddef>

namespace bramble {

namespace {

// The part of its dendrite's path that a stretch takes, from halfway to the node before it to
// halfway to the node after it.
double part_of_path(const Centreline& line, const ShaftStretch& stretch) {
  if (line.length_um() <= 0) {
    return 1;
  }
  const auto halfway = [&line](std::size_t a, std::size_t b) {
    return 0.5 * (line.path_um(a) + line.path_um(b));
  };
  const double from_um =
      stretch.first_node == 0 ? 0 : halfway(stretch.first_node - 1, stretch.first_node);
  const double to_um = stretch.last_node + 1 == line.size()
                           ? line.length_um()
                           : halfway(stretch.last_node, stretch.last_node + 1);
  return (to_um - from_um) / line.length_um();
}

bool is_whole(const Centreline& line, const ShaftStretch& stretch) {
  return stretch.first_node == 0 && stretch.last_node + 1 == line.size();
}

}  // namespace

std::string dendrite_id(int shaft) {
  const std::string number = std::to_string(shaft);
  return (number.size() < 2 ? "d0" : "d") + number;
}

std::vector<FieldDendrite> field_dendrites(const AlignedField& field,
                                           const std::vector<std::vector<TracedShaft>>& traced) {
  std::vector<FieldDendrite> rows;
  for (const ShaftStretch& stretch : field.shafts.stretches) {
    const auto session = static_cast<std::size_t>(stretch.session);
    const auto index = static_cast<std::size_t>(stretch.dendrite);
    const Dendrite& dendrite = field.stacks[session]->dendrites[index];
    const Centreline& line = field.lines[session][index];
    const bool whole = is_whole(line, stretch);
    const double part = whole ? 1 : part_of_path(line, stretch);
    FieldDendrite row;
    row.dendrite_id = dendrite_id(stretch.shaft);
    row.session = stretch.session;
    row.stack_dendrite = dendrite.id;
    row.length_um = part * dendrite.length_um;
    row.length_usable_um = part * dendrite.length_usable_um;
    row.length_2d_um = part * dendrite.length_2d_um;
    row.chord_um =
        distance_um(dendrite.nodes[stretch.first_node], dendrite.nodes[stretch.last_node]);
    row.branch_order = dendrite.branch_order;
    row.common_length_um = common_length_um(traced[static_cast<std::size_t>(stretch.shaft)]);
    row.diameter_um = dendrite.diameter_um;
    row.mean_diameter_um = dendrite.mean_diameter_um;
    row.snr = dendrite.snr;
    row.flags = with_flag(dendrite.flags, whole ? "" : "in_part");
    // The stretches of one dendrite on one shaft follow each other: they are one row.
    FieldDendrite* last = rows.empty() ? nullptr : &rows.back();
    if (last != nullptr && last->dendrite_id == row.dendrite_id && last->session == row.session &&
        last->stack_dendrite == row.stack_dendrite) {
      last->length_um += row.length_um;
      last->length_usable_um += row.length_usable_um;
      last->length_2d_um += row.length_2d_um;
      last->chord_um += row.chord_um;
    } else {
      rows.push_back(row);
    }
  }
  return rows;
}

}  // namespace bramble
