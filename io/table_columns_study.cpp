#include "io/table_cells.hpp"

namespace bramble {
namespace {

// The same three rates twice: as counted, and corrected for spines that detection misses.
std::vector<Column<TransitionRow>> rate_columns() {
  return {
      column("formation_frac", &TransitionRow::formation_frac, "", "n_gained / n_from"),
      column("elimination_frac", &TransitionRow::elimination_frac, "", "n_lost / n_from"),
      column("turnover_ratio", &TransitionRow::turnover_ratio, "",
             "(n_gained + n_lost) / (n_from + n_to)"),
      column("formation_frac_corrected", &TransitionRow::formation_frac_corrected, "",
             "formation_frac corrected for missed detections"),
      column("elimination_frac_corrected", &TransitionRow::elimination_frac_corrected, "",
             "elimination_frac corrected for missed detections"),
      column("turnover_ratio_corrected", &TransitionRow::turnover_ratio_corrected, "",
             "turnover_ratio corrected for missed detections"),
  };
}

}  // namespace

std::vector<Column<TransitionRow>> transition_columns() {
  std::vector<Column<TransitionRow>> columns{
      subject_column<TransitionRow>(),
      group_column<TransitionRow>(),
      region_column<TransitionRow>(),
      fov_column<TransitionRow>(),
      dendrite_column<TransitionRow>(),
      column("session_from", &TransitionRow::session_from, "", "The earlier session"),
      column("session_to", &TransitionRow::session_to, "", "The later session"),
      column("day_from", &TransitionRow::day_from, "d", "Day of the earlier session"),
      column("day_to", &TransitionRow::day_to, "d", "Day of the later session"),
      column("n_from", &TransitionRow::n_from, "",
             "Spines in the earlier session that can be assessed in both"),
      column("n_to", &TransitionRow::n_to, "",
             "Spines in the later session that can be assessed in both"),
      column("n_stable", &TransitionRow::n_stable, "", "Spines present in both"),
      column("n_gained", &TransitionRow::n_gained, "", "Spines absent in the earlier session"),
      column("n_lost", &TransitionRow::n_lost, "", "Spines absent in the later session"),
      column("n_not_assessable", &TransitionRow::n_not_assessable, "",
             "Spines that one of the sessions cannot tell"),
  };
  for (Column<TransitionRow>& rate : rate_columns()) {
    columns.push_back(std::move(rate));
  }
  return columns;
}

std::vector<Column<AnimalRow>> animal_columns() {
  return {
      subject_column<AnimalRow>(),
      group_column<AnimalRow>(),
      region_column<AnimalRow>(),
      session_column<AnimalRow>(),
      day_column<AnimalRow>(),
      column("n_fields", &AnimalRow::n_fields, "", "Fields of view"),
      column("n_dendrites", &AnimalRow::n_dendrites, "", "Dendrites"),
      column("length_um", &AnimalRow::length_um, "um", "Usable length of all dendrites"),
      column("n_spines", &AnimalRow::n_spines, "", "Spines present"),
      column("density_per_um", &AnimalRow::density_per_um, "1/um",
             "All spines over all usable length"),
      column("density_sd", &AnimalRow::density_sd, "1/um",
             "Standard deviation of density between dendrites"),
      column("density_ci_low", &AnimalRow::density_ci_low, "1/um",
             "Lower end of the confidence interval of the mean of dendrites"),
      column("density_ci_high", &AnimalRow::density_ci_high, "1/um",
             "Upper end of the confidence interval of the mean of dendrites"),
      column("fold_change", &AnimalRow::fold_change, "",
             "Density over the animal's baseline density"),
      column("n_thin", &AnimalRow::n_thin, "", "Thin spines present"),
      column("n_stubby", &AnimalRow::n_stubby, "", "Stubby spines present"),
      column("n_mushroom", &AnimalRow::n_mushroom, "", "Mushroom spines present"),
      column("n_filopodium", &AnimalRow::n_filopodium, "", "Filopodia present"),
      column("formation_frac", &AnimalRow::formation_frac, "",
             "Gained spines over those of the session before"),
      column("elimination_frac", &AnimalRow::elimination_frac, "",
             "Lost spines over those of the session before"),
      flags_column<AnimalRow>(),
  };
}

std::vector<Column<ContrastRow>> contrast_columns() {
  return {
      region_column<ContrastRow>(),
      session_column<ContrastRow>(),
      day_column<ContrastRow>(),
      column("measure", &ContrastRow::measure, "", "What is compared"),
      column("group", &ContrastRow::group, "", "The treated arm"),
      column("control", &ContrastRow::control, "", "The arm it is compared with"),
      column("estimate", &ContrastRow::estimate, "",
             "Change from baseline in the group less that in the control"),
      column("se", &ContrastRow::se, "", "Standard error of the estimate"),
      column("df", &ContrastRow::df, "", "Degrees of freedom"),
      column("ci_low", &ContrastRow::ci_low, "", "Lower end of the confidence interval"),
      column("ci_high", &ContrastRow::ci_high, "", "Upper end of the confidence interval"),
      column("method", &ContrastRow::method, "", "How estimate and interval were made"),
      column("n_animals", &ContrastRow::n_animals, "", "Animals in the group"),
      column("n_animals_control", &ContrastRow::n_animals_control, "", "Animals in the control"),
      column("hedges_g", &ContrastRow::hedges_g, "", "Standardised effect size"),
      column("p_permutation", &ContrastRow::p_permutation, "",
             "Two-sided p by permuting the arms of animals"),
      flags_column<ContrastRow>(),
  };
}

}  // namespace bramble
