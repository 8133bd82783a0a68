#include "io/evaluation_file.hpp"

#include "io/atomic_file.hpp"
#include "io/evaluation_members.hpp"
#include "io/json_record.hpp"
#include "io/table_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace bramble {
namespace {

std::string count_text(int count) { return count < 0 ? "n/a" : std::to_string(count); }

std::string figures_tsv(const Evaluation& evaluation) {
  std::string text = "measure\tvalue\tci_low\tci_high\tpart\twhole\tunit\n";
  for (const EvaluationFigure& figure : main_figures(evaluation)) {
    text +=
        fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\n", figure.measure, cell_text(figure.value),
                    cell_text(figure.ci_low), cell_text(figure.ci_high), count_text(figure.part),
                    count_text(figure.whole), cell_text(std::string_view(figure.unit)));
  }
  return text;
}

std::string outcomes_tsv(const std::vector<StackOutcomes>& stacks) {
  std::string text = "subject_id\tsession_id\tfov\toutcome\ttruth_id\tspine_id\tz_um\ty_um\tx_um\n";
  for (const StackOutcomes& stack : stacks) {
    for (const SpineOutcome& spine : stack.spines) {
      text += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", cell_text(stack.subject_id),
                          cell_text(stack.session_id), cell_text(stack.fov),
                          name_of_outcome(spine.outcome), cell_text(spine.truth_id),
                          cell_text(spine.run_id), cell_text(spine.head.z_um),
                          cell_text(spine.head.y_um), cell_text(spine.head.x_um));
    }
  }
  return text;
}

}  // namespace

std::string name_of_outcome(Outcome outcome) {
  constexpr std::array<const char*, 5> names{"hit", "missed", "merged", "false_alarm", "ignored"};
  return names.at(static_cast<std::size_t>(outcome));
}

std::string figures_text(const Evaluation& evaluation) {
  std::vector<EvaluationFigure> figures = main_figures(evaluation);
  std::erase_if(figures, [](const EvaluationFigure& figure) { return figure.is_detail; });
  std::size_t width = 0;
  for (const EvaluationFigure& figure : figures) {
    width = std::max(width, figure.measure.size());
  }
  std::string text = fmt::format("{:<{}} {:>9}  {:<18} {}\n", "measure", width, "value",
                                 "95 % interval", "counts");
  for (const EvaluationFigure& figure : figures) {
    const std::string interval =
        std::isnan(figure.ci_low) ? ""
                                  : fmt::format("{:.3f} to {:.3f}", figure.ci_low, figure.ci_high);
    const std::string counts =
        figure.part < 0 ? figure.unit : fmt::format("{}/{}", figure.part, figure.whole);
    std::string line = fmt::format("{:<{}} {:>9.4g}  {:<18} {}", figure.measure, width,
                                   figure.value, interval, counts);
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

void write_evaluation(const std::string& folder, const Evaluation& evaluation,
                      const std::vector<StackOutcomes>& outcomes) {
  constexpr int indent = 2;
  write_text_atomically(
      folder + "/evaluation.json",
      to_json_record(evaluation).dump(indent, ' ', false, Json::error_handler_t::replace) + "\n");
  write_text_atomically(folder + "/evaluation.tsv", figures_tsv(evaluation));
  write_text_atomically(folder + "/outcomes.tsv", outcomes_tsv(outcomes));
}

}  // namespace bramble
