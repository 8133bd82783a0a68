#include "io/table_cells.hpp"

#include <cmath>

namespace bramble {
namespace {

// Only a spine that is there has been measured.
template <class Value>
Column<SpineRow> measured(std::string name, Value Spine::*member, std::string unit,
                          std::string description) {
  return {std::move(name), std::move(description), std::move(unit), [member](const SpineRow& row) {
            return cell_text(row.state == SpineState::present ? double{row.spine.*member}
                                                              : not_available);
          }};
}

Column<SpineRow> coordinate(std::string name, Position Spine::*point, double Position::*axis,
                            std::string description) {
  return {std::move(name), std::move(description), "um",
          [point, axis](const SpineRow& row) { return cell_text(row.spine.*point.*axis); }};
}

Column<SpineRow> class_column() {
  return {"spine_class", "thin, stubby, mushroom or filopodium", "", [](const SpineRow& row) {
            return cell_text(row.state == SpineState::present ? name_of(row.spine.spine_class)
                                                              : std::string_view());
          }};
}

Column<SpineRow> spine_flags_column() {
  return {"flags", "What to know before using the row, comma-separated", "",
          [](const SpineRow& row) { return cell_text(std::string_view(row.spine.flags)); }};
}

Column<DendriteRow> dendrite_flags_column() {
  return column("flags", &DendriteRow::flags, "",
                "What to know before using the row, comma-separated: leaves_volume, beaded (its "
                "diameter and brightness vary together by more than 0.35), crossing (another one "
                "passes within 1 um), loop, retracted_tip (ends 3 um or more before where it ended "
                "in an earlier session, in view), in_part, pieces");
}

}  // namespace

std::vector<Column<SpineRow>> spine_columns() {
  const char* const head =
      "Centre of the head, in the frame of the stored stack; expected place "
      "where the spine is not present";
  const char* const base = "Where the spine leaves the shaft, on the centreline";
  return {
      subject_column<SpineRow>(),
      group_column<SpineRow>(),
      session_column<SpineRow>(),
      day_column<SpineRow>(),
      region_column<SpineRow>(),
      fov_column<SpineRow>(),
      dendrite_column<SpineRow>(),
      column("spine_id", &SpineRow::spine_id, "", "The spine, the same in all sessions of a field"),
      column(
          "state", &SpineRow::state, "",
          "present, absent (it would have been visible) or not_assessable (out of the volume, out "
          "of focus or too dim to tell)"),
      coordinate("z_um", &Spine::head, &Position::z_um, head),
      coordinate("y_um", &Spine::head, &Position::y_um, head),
      coordinate("x_um", &Spine::head, &Position::x_um, head),
      coordinate("base_z_um", &Spine::base, &Position::z_um, base),
      coordinate("base_y_um", &Spine::base, &Position::y_um, base),
      coordinate("base_x_um", &Spine::base, &Position::x_um, base),
      {"path_um", "Of the base along the dendrite from its first node", "um",
       [](const SpineRow& row) { return cell_text(row.spine.path_um); }},
      measured("length_um", &Spine::length_um, "um", "From the shaft's surface to the tip"),
      measured("head_diameter_um", &Spine::head_diameter_um, "um", "Diameter of the head"),
      measured("neck_length_um", &Spine::neck_length_um, "um", "Length of the neck"),
      measured("neck_diameter_um", &Spine::neck_diameter_um, "um",
               "Diameter of the neck; n/a below the resolution"),
      measured("volume_um3", &Spine::volume_um3, "um3", "Volume from integrated brightness"),
      measured("brightness_ratio", &Spine::brightness_ratio, "",
               "Head over local shaft, both above background"),
      class_column(),
      measured("class_probability", &Spine::class_probability, "", "Probability of spine_class"),
      measured("snr", &Spine::snr, "", "Head above its surround over the local noise"),
      measured("p_detect", &Spine::p_detect, "", "Probability that a spine is there"),
      spine_flags_column(),
  };
}

std::vector<Column<DendriteRow>> dendrite_columns() {
  return {
      subject_column<DendriteRow>(),
      group_column<DendriteRow>(),
      session_column<DendriteRow>(),
      day_column<DendriteRow>(),
      region_column<DendriteRow>(),
      fov_column<DendriteRow>(),
      dendrite_column<DendriteRow>(),
      column("length_um", &DendriteRow::length_um, "um",
             "Length in 3-D, motion of the stack taken out: sum of the distances between the nodes "
             "of the centreline, which are some 0.25 um apart, fitted to the ridge of the restored "
             "stack and smoothed along it by a Gaussian (standard deviation "
             "trace.centreline_smoothing_um in plane, 1.5 um or more in z), the ends held"),
      column("length_usable_um", &DendriteRow::length_usable_um, "um",
             "Part of length_um between nodes that are bright enough to score and inside the "
             "volume: in z half a slice or more from its first and last slice"),
      column("n_spines", &DendriteRow::n_spines, "", "Spines present"),
      column("density_per_um", &DendriteRow::density_per_um, "1/um", "Spines over usable length"),
      column("n_thin", &DendriteRow::n_thin, "", "Thin spines present"),
      column("n_stubby", &DendriteRow::n_stubby, "", "Stubby spines present"),
      column("n_mushroom", &DendriteRow::n_mushroom, "", "Mushroom spines present"),
      column("n_filopodium", &DendriteRow::n_filopodium, "", "Filopodia present"),
      column("diameter_um", &DendriteRow::diameter_um, "um",
             "Median diameter of the shaft: that of the evenly filled cylinder that looks as wide "
             "as the shaft does under the blur"),
      column("snr", &DendriteRow::snr, "", "Shaft brightness over background noise"),
      dendrite_flags_column(),
      column("length_2d_um", &DendriteRow::length_2d_um, "um",
             "Length of the same centreline seen along z"),
      column("tortuosity", &DendriteRow::tortuosity, "",
             "length_um over the distance between the ends in 3-D; of several pieces the sums"),
      column("branch_order", &DendriteRow::branch_order, "",
             "1: branches off none in the stack; 2: off one of order 1; and so on"),
      column("mean_diameter_um", &DendriteRow::mean_diameter_um, "um",
             "Mean diameter of the shaft"),
      column("common_length_um", &DendriteRow::common_length_um, "um",
             "Length of the part that every session of the field shows"),
  };
}

}  // namespace bramble
