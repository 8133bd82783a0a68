#include "io/evaluation_file.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace bramble {
namespace {

// Rows in the order they are added; those without a value are left out.
class Figures {
 public:
  void add(std::string measure, double value, std::string unit = "") {
    if (!std::isnan(value)) {
      rows_.push_back({.measure = std::move(measure), .value = value, .unit = std::move(unit)});
    }
  }
  void add(std::string measure, const Share& share) {
    if (share.whole > 0) {
      rows_.push_back({.measure = std::move(measure),
                       .value = share.frac,
                       .ci_low = share.ci_low,
                       .ci_high = share.ci_high,
                       .part = share.part,
                       .whole = share.whole,
                       .unit = {}});
    }
  }
  void add(std::string measure, const ContrastComparison& contrast) {
    rows_.push_back({.measure = std::move(measure),
                     .value = contrast.estimate,
                     .ci_low = contrast.ci_low,
                     .ci_high = contrast.ci_high,
                     .unit = {}});
  }
  // Those that are added by `add_details` are details.
  template <class AddDetails>
  void details(const AddDetails& add_details) {
    const std::size_t first = rows_.size();
    add_details();
    for (std::size_t i = first; i < rows_.size(); ++i) {
      rows_[i].is_detail = true;
    }
  }
  std::vector<EvaluationFigure> take() { return std::move(rows_); }

 private:
  std::vector<EvaluationFigure> rows_;
};

void add_detection(Figures& figures, const Evaluation& evaluation) {
  const DetectionScore& score = evaluation.detection;
  figures.add("precision", score.precision);
  figures.add("recall", score.recall);
  figures.add("f1", score.f1);
  for (const DetectionScore& other : evaluation.other_gates) {
    figures.add(fmt::format("f1, lateral gate {:g} um", other.gates.lateral_um), other.f1);
  }
  figures.add("density_bias_frac", score.density_bias);
  figures.add("merged_misses", score.n_merged);
  figures.add("ignored_detections", score.n_ignored);
  figures.add("false_alarms_per_100_um", score.false_alarms_per_100_um);
  figures.add("segment_count_error_median_frac", evaluation.segment_count_error_median);
  figures.details([&] {
    for (const RecallStratum& stratum : evaluation.recall_strata) {
      const std::string range = std::isinf(stratum.high)
                                    ? fmt::format("{:g} or more", stratum.low)
                                    : fmt::format("{:g} to {:g}", stratum.low, stratum.high);
      figures.add("recall, " + stratum.by + " " + range, stratum.recall);
    }
  });
}

void add_geometry(Figures& figures, const Evaluation& evaluation) {
  figures.add("head_lateral_error_mean_um", evaluation.localisation.lateral_mean_um, "um");
  figures.add("head_axial_error_mean_um", evaluation.localisation.axial_mean_um, "um");
  figures.add("length_true_um", evaluation.length.true_um, "um");
  figures.add("length_error_frac", evaluation.length.traced_error_frac);
  figures.add("length_usable_error_frac", evaluation.length.usable_error_frac);
  const CentrelineScore& lines = evaluation.centreline;
  figures.add("centreline_distance_mean_um", lines.mean_um, "um");
  figures.add("centreline_distance_p95_um", lines.p95_um, "um");
  if (lines.true_um > 0) {
    figures.add("centreline_missed_frac", lines.missed_um / lines.true_um);
  }
  if (lines.traced_um > 0) {
    figures.add("centreline_extra_frac", lines.extra_um / lines.traced_um);
  }
  figures.add("branch_point_recall", evaluation.branch_points.recall);
  figures.add("branch_point_precision", evaluation.branch_points.precision);
  figures.add("head_diameter_bias_frac", evaluation.head_diameter_bias_frac);
  figures.details([&] {
    for (const HeadSizeScore& bin : evaluation.head_diameter) {
      const std::string range = fmt::format("{:g} to {:g}", bin.low_um, bin.high_um);
      figures.add("head_diameter_bias_um, " + range, bin.bias_um, "um");
      figures.add("head_diameter_sd_um, " + range, bin.sd_um, "um");
    }
  });
  figures.add("class_accuracy", evaluation.class_accuracy);
  figures.add("class_accuracy, clear-cut", evaluation.clear_cut_class_accuracy);
}

void add_sessions(Figures& figures, const Evaluation& evaluation) {
  figures.add("link_precision", evaluation.links.precision);
  figures.add("link_recall", evaluation.links.recall);
  figures.add("link_f1", evaluation.links.f1);
  if (evaluation.links.n_pairs > 0) {
    figures.add("id_switches", evaluation.links.n_switched);
  }
  for (const EventScore& events : evaluation.events) {
    figures.add("false_" + events.kind + ", of stable spines", events.false_of_stable);
    figures.add("false_" + events.kind + ", of n_from", events.false_of_from);
    figures.add("true_" + events.kind + "_recall", events.recall);
    figures.add("true_" + events.kind + "_precision", events.precision);
  }
  for (const DensityComparison& row : evaluation.densities) {
    const std::string where = row.group + " " + row.session_id;
    figures.add("density_per_um, " + where, row.run_per_um);
    figures.add("density_per_um of the truth, " + where, row.truth_per_um);
    figures.details([&] { figures.add("density_bias_frac, " + where, row.bias_frac); });
  }
  figures.details([&] {
    for (const RateComparison& row : evaluation.rates) {
      figures.add(fmt::format("{} bias, {} {} {}", row.measure, row.group, row.session_from,
                              row.session_to),
                  row.bias);
    }
  });
  for (const ContrastComparison& row : evaluation.contrasts) {
    const std::string what = fmt::format("{} {} {}", row.measure, row.group, row.session_id);
    figures.add("contrast estimate, " + what, row);
    figures.add("contrast of the truth, " + what, row.truth);
    figures.add("contrast planted, " + what, row.planted);
  }
  for (const PlantedDay& row : evaluation.planted) {
    figures.add(fmt::format("planted density gain_frac, day {:g}", row.day), row.density_gain_frac);
  }
}

}  // namespace

std::vector<EvaluationFigure> main_figures(const Evaluation& evaluation) {
  Figures figures;
  add_detection(figures, evaluation);
  add_geometry(figures, evaluation);
  add_sessions(figures, evaluation);
  return figures.take();
}

}  // namespace bramble
