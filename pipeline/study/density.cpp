#include "pipeline/study/density.hpp"

#include "pipeline/records/flags.hpp"
#include "pipeline/study/field_order.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>

namespace bramble {

namespace {

// A base may lie on the end of the shaft, where two sums of the same lengths differ by rounding.
constexpr double end_tolerance_um = 0.01;

DendriteRow empty_row(const FieldResult& field, const FieldDendrite& dendrite) {
  const StackIdentity& identity =
      field.sessions[static_cast<std::size_t>(dendrite.session)].identity;
  return {.subject_id = field.subject_id,
          .group = group_of(field, dendrite.session),
          .session_id = identity.session_id,
          .day = identity.day,
          .region = field.region,
          .fov = field.fov,
          .dendrite_id = dendrite.dendrite_id,
          .flags = {}};
}

// Adds the stretch `piece` to a row that holds the ones before it, whose chords are `chord_um` long
// together.
void add_piece(DendriteRow& row, double& chord_um, const FieldDendrite& piece, bool first) {
  const double total_um = row.length_um + piece.length_um;
  const double weight = first ? 1 : total_um > 0 ? piece.length_um / total_um : 0.5;
  const auto mix = [weight](double& mean, float value) {
    mean += weight * (static_cast<double>(value) - mean);
  };
  mix(row.diameter_um, piece.diameter_um);
  mix(row.mean_diameter_um, piece.mean_diameter_um);
  mix(row.snr, piece.snr);
  if (first) {
    row.branch_order = piece.branch_order;
    row.common_length_um = piece.common_length_um;
  } else {
    row.branch_order = std::min(row.branch_order, piece.branch_order);
    row.flags = with_flag(row.flags, "pieces");
  }
  row.length_um += piece.length_um;
  row.length_usable_um += piece.length_usable_um;
  row.length_2d_um += piece.length_2d_um;
  chord_um += piece.chord_um;
  row.tortuosity = chord_um > 0 ? row.length_um / chord_um : not_available;
  row.flags = with_flags(row.flags, piece.flags);
}

void count_class(DendriteRow& row, SpineClass spine_class) {
  switch (spine_class) {
    case SpineClass::thin:
      ++row.n_thin;
      return;
    case SpineClass::stubby:
      ++row.n_stubby;
      return;
    case SpineClass::mushroom:
      ++row.n_mushroom;
      return;
    case SpineClass::filopodium:
      ++row.n_filopodium;
      return;
  }
}

// The traced length of one stack dendrite in one session. It may lie in several rows, one for each
// dendrite of the field that a stretch of it belongs to.
double traced_length_um(const FieldResult& field, int session, int stack_dendrite) {
  double length_um = 0;
  for (const FieldDendrite& piece : field.dendrites) {
    if (piece.session == session && piece.stack_dendrite == stack_dendrite) {
      length_um += piece.length_um;
    }
  }
  return length_um;
}

void count_spine(DendriteRow& row, const FieldResult& field, const FieldSpine& spine) {
  if (spine.state != SpineState::present) {
    return;
  }
  const double end_um = traced_length_um(field, spine.session, spine.spine.dendrite);
  if (spine.spine.path_um >= -end_tolerance_um &&
      spine.spine.path_um <= end_um + end_tolerance_um) {
    ++row.n_spines;
    count_class(row, spine.spine.spine_class);
  }
}

using RowIndex = std::map<std::pair<std::string, int>, std::size_t>;

}  // namespace

std::vector<DendriteRow> dendrite_rows(const FieldResult& field) {
  std::vector<DendriteRow> rows;
  std::vector<double> chords_um;
  RowIndex row_of;
  for (const FieldDendrite& piece : field.dendrites) {
    const auto [place, first] = row_of.try_emplace({piece.dendrite_id, piece.session}, rows.size());
    if (first) {
      rows.push_back(empty_row(field, piece));
      chords_um.push_back(0);
    }
    add_piece(rows[place->second], chords_um[place->second], piece, first);
  }
  for (const FieldSpine& spine : field.spines) {
    const auto place = row_of.find({spine.dendrite_id, spine.session});
    if (place != row_of.end()) {
      count_spine(rows[place->second], field, spine);
    }
  }
  for (DendriteRow& row : rows) {
    row.density_per_um =
        row.length_usable_um > 0 ? row.n_spines / row.length_usable_um : not_available;
  }
  return rows;
}

}  // namespace bramble
