#include "pipeline/field/analyse_field.hpp"

#include "kernels/core/error.hpp"
#include "pipeline/field/aligned_field.hpp"
#include "pipeline/field/aligned_shaft.hpp"
#include "pipeline/field/field_dendrites.hpp"
#include "pipeline/field/link_spines.hpp"
#include "pipeline/field/missing_spine.hpp"
#include "pipeline/field/retracted_tips.hpp"
#include "pipeline/records/flags.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <tuple>
#include <utility>

namespace bramble {

namespace {

std::string spine_id(int shaft, std::size_t number) {
  const std::string digits = std::to_string(number);
  return dendrite_id(shaft) + "s" + std::string(digits.size() < 3 ? 3 - digits.size() : 0, '0') +
         digits;
}

// Tracks in the order of their ids: those that the reference session shows along the shaft, then by
// first session.
void sort_by_appearance(std::vector<SpineTrack>& tracks, int reference) {
  const auto first_session = [reference](const SpineTrack& track) {
    const bool in_reference =
        std::any_of(track.sightings.begin(), track.sightings.end(),
                    [reference](const PlacedSpine& s) { return s.session == reference; });
    return in_reference ? -1 : track.sightings.front().session;
  };
  // Stable: tracks come by their place along the shaft.
  std::stable_sort(tracks.begin(), tracks.end(),
                   [&first_session](const SpineTrack& a, const SpineTrack& b) {
                     return first_session(a) < first_session(b);
                   });
}

FieldSpine present_spine(const AlignedField& field, const PlacedSpine& sighting,
                         double report_probability) {
  const StackResult& stack = *field.stacks[static_cast<std::size_t>(sighting.session)];
  FieldSpine row;
  row.state = SpineState::present;
  row.spine = stack.spines[static_cast<std::size_t>(sighting.spine)];
  row.stack_spine = row.spine.id;
  if (sighting.p_detect < report_probability) {
    row.spine.flags = with_flag(row.spine.flags, "supported");
  }
  return row;
}

FieldSpine missing_spine(const AlignedField& field, const ShaftSession& there,
                         const SpineTrack& track) {
  const MissingSpine missing = assess_missing(field, there, track);
  FieldSpine row;
  row.state = missing.state;
  row.spine = missing.spine;
  return row;
}

// A row for every session.
std::vector<FieldSpine> track_rows(const AlignedField& field, const AlignedShaft& shaft,
                                   const SpineTrack& track, double report_probability) {
  std::vector<FieldSpine> rows;
  for (const ShaftSession& there : shaft.sessions) {
    const auto sighting =
        std::find_if(track.sightings.begin(), track.sightings.end(),
                     [&there](const PlacedSpine& s) { return s.session == there.session; });
    rows.push_back(sighting != track.sightings.end()
                       ? present_spine(field, *sighting, report_probability)
                       : missing_spine(field, there, track));
    rows.back().session = there.session;
  }
  return rows;
}

std::vector<FieldSpine> field_spines(const AlignedField& field,
                                     const std::vector<AlignedShaft>& shafts,
                                     const LinkParams& params) {
  std::vector<FieldSpine> rows;
  for (std::size_t shaft = 0; shaft < shafts.size(); ++shaft) {
    std::vector<SpineTrack> tracks = link_spines(shafts[shaft].spines, params);
    sort_by_appearance(tracks, field.reference);
    for (std::size_t number = 0; number < tracks.size(); ++number) {
      for (FieldSpine& row :
           track_rows(field, shafts[shaft], tracks[number], params.report_probability)) {
        row.dendrite_id = dendrite_id(static_cast<int>(shaft));
        row.spine_id = spine_id(static_cast<int>(shaft), number);
        rows.push_back(std::move(row));
      }
    }
  }
  std::sort(rows.begin(), rows.end(), [](const FieldSpine& a, const FieldSpine& b) {
    return std::tie(a.spine_id, a.session) < std::tie(b.spine_id, b.session);
  });
  return rows;
}

// The first text that is not empty, the reference session's before all.
std::string text_of_field(const AlignedField& field, std::string StackIdentity::*text) {
  const std::string& of_reference =
      field.stacks[static_cast<std::size_t>(field.reference)]->identity.*text;
  if (!of_reference.empty()) {
    return of_reference;
  }
  for (const StackResult* stack : field.stacks) {
    if (!(stack->identity.*text).empty()) {
      return stack->identity.*text;
    }
  }
  return {};
}

}  // namespace

FieldResult analyse_field(const std::vector<const StackResult*>& stacks,
                          const FieldParameters& field_parameters,
                          const SpineParameters& spine_parameters) {
  require(!stacks.empty(), "a field without a session");
  const AlignedField field = align_field(stacks);
  const auto report_probability = static_cast<double>(spine_parameters.report_probability);
  const std::vector<AlignedShaft> shafts = align_shafts(field, report_probability);

  FieldResult result;
  result.subject_id = text_of_field(field, &StackIdentity::subject_id);
  result.group = text_of_field(field, &StackIdentity::group);
  result.region = text_of_field(field, &StackIdentity::region);
  result.fov = text_of_field(field, &StackIdentity::fov);
  result.reference_session = field.reference;
  for (std::size_t session = 0; session < stacks.size(); ++session) {
    FieldSession& row = result.sessions.emplace_back();
    row.identity = stacks[session]->identity;
    row.shift = field.alignments[session].transform.shift();
    row.alignment_score = field.alignments[session].correlation;
  }
  std::vector<std::vector<TracedShaft>> traced;
  for (const AlignedShaft& shaft : shafts) {
    std::vector<TracedShaft>& sessions = traced.emplace_back();
    for (const ShaftSession& session : shaft.sessions) {
      sessions.push_back(session.traced);
    }
  }
  result.dendrites = field_dendrites(field, traced);
  flag_retracted_tips(field, traced, result.dendrites);
  const LinkGates gates = link_gates(shafts, static_cast<double>(field_parameters.link_gate_um));
  result.spines = field_spines(field, shafts,
                               {.gate_um = gates.gate_um,
                                .support_gate_um = gates.support_gate_um,
                                .report_probability = report_probability});
  std::sort(result.dendrites.begin(), result.dendrites.end(),
            [](const FieldDendrite& a, const FieldDendrite& b) {
              return std::tie(a.dendrite_id, a.session, a.stack_dendrite) <
                     std::tie(b.dendrite_id, b.session, b.stack_dendrite);
            });
  return result;
}

}  // namespace bramble
