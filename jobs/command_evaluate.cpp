#include "jobs/command_evaluate.hpp"

#include "io/evaluation_file.hpp"
#include "io/evaluation_picture.hpp"
#include "io/manifest_file.hpp"
#include "io/run_tables_reader.hpp"
#include "io/stack_result_file.hpp"
#include "io/truth_files.hpp"
#include "jobs/parameters_toml.hpp"
#include "jobs/run_folder.hpp"
#include "jobs/study_facts.hpp"
#include "kernels/core/error.hpp"
#include "pipeline/evaluate/evaluate_run.hpp"
#include "pipeline/evaluate/resolve_places.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <vector>

namespace bramble {
namespace {

namespace fs = std::filesystem;

// The result on disk of one stack of the truth.
struct StackFile {
  StackIdentity identity;
  fs::path path;
};

bool is_of(const StackIdentity& identity, const TruthStack& stack) {
  return identity.subject_id == stack.subject_id && identity.session_id == stack.session_id &&
         identity.fov == stack.fov;
}

// Tables alone are enough for most scores: what else the run folder holds is used as it is there.
std::vector<StackFile> stack_files(const RunFolder& folder, const StudyTruth& truth) {
  std::vector<StackFile> files;
  if (!fs::exists(folder.manifest())) {
    return files;
  }
  for (const ManifestEntry& entry : read_manifest(folder.manifest()).stacks) {
    const StackIdentity& identity = entry.identity;
    const bool is_wanted =
        !identity.stack_id.empty() &&
        std::any_of(truth.stacks.begin(), truth.stacks.end(),
                    [&](const TruthStack& stack) { return is_of(identity, stack); });
    if (is_wanted && fs::exists(folder.stack_result(identity.stack_id))) {
      files.push_back({identity, folder.stack_result(identity.stack_id)});
    }
  }
  return files;
}

constexpr int least_degree_of_branch_points = 3;

std::vector<TracedStack> read_traces(const std::vector<StackFile>& files) {
  std::vector<TracedStack> traces;
  for (const StackFile& file : files) {
    TracedStack traced{.subject_id = file.identity.subject_id,
                       .session_id = file.identity.session_id,
                       .fov = file.identity.fov};
    const StackResult result = read_stack_result(file.path);
    for (const Dendrite& dendrite : result.dendrites) {
      traced.lines.push_back(dendrite.nodes);
    }
    for (const ShaftGraphNode& node : result.shaft_graph.nodes) {
      if (node.degree >= least_degree_of_branch_points) {
        traced.branch_points.push_back(node.position);
      }
    }
    traces.push_back(std::move(traced));
  }
  return traces;
}

// The parameters that the contrasts of the truth must be made with to be comparable.
StudyParameters study_parameters(const RunFolder& folder, const StudyTables& run) {
  if (fs::exists(folder.run_toml())) {
    return read_parameters(folder.run_toml()).study;
  }
  StudyParameters parameters;
  parameters.control_group = run.contrasts.empty() ? "" : run.contrasts.front().control;
  return parameters;
}

EvaluationInput read_input(const EvaluateOptions& options, const RunFolder& folder) {
  EvaluationInput input;
  input.run = read_run_tables(options.run);
  input.truth = read_study_truth(options.truth);
  resolve_places(input.truth, input.run);
  input.gates = usual_gates(input.truth.kind);
  input.gates.lateral_um = options.gate_xy_um.value_or(input.gates.lateral_um);
  input.gates.axial_um = options.gate_z_um.value_or(input.gates.axial_um);
  require(input.gates.lateral_um > 0, "--gate-xy-um: expected more than 0");
  require(input.gates.axial_um > 0, "--gate-z-um: expected more than 0");
  input.study = study_parameters(folder, input.run);
  if (input.truth.kind == TruthKind::phantom) {
    const StudyFacts facts = read_study_facts(options.truth);
    input.peak_photons = facts.peak_photons;
    input.planted = facts.planted;
  }
  return input;
}

void write_pictures(const fs::path& out, const RunFolder& folder,
                    const std::vector<StackFile>& files,
                    const std::vector<StackOutcomes>& outcomes) {
  for (const StackFile& file : files) {
    const auto stack =
        std::find_if(outcomes.begin(), outcomes.end(), [&](const StackOutcomes& candidate) {
          return candidate.subject_id == file.identity.subject_id &&
                 candidate.session_id == file.identity.session_id &&
                 candidate.fov == file.identity.fov;
        });
    const StackResult result = read_stack_result(file.path);
    const std::string name = folder.overlay(file.identity).stem();
    const fs::path pictures = out / "pictures";
    write_outcome_picture(pictures / (name + ".png"), result, *stack);
    write_mistake_sheet(pictures / (name + "_mistakes.png"), result, *stack);
  }
}

void print(const Evaluation& evaluation, const fs::path& out) {
  fmt::print("{}\n", figures_text(evaluation));
  for (const std::string& note : evaluation.notes) {
    fmt::print("note: {}\n", note);
  }
  const DetectionScore& score = evaluation.detection;
  fmt::print("gates     {:g} um in plane, {:g} um in z\n", score.gates.lateral_um,
             score.gates.axial_um);
  fmt::print("written   {}\n", out.string());
  fmt::print(
      "precision {:.4f} recall {:.4f} F1 {:.4f} ({} true spines, {} hits, {} false alarms)\n",
      score.precision.frac, score.recall.frac, score.f1, score.n_truth, score.n_hits,
      score.n_false_alarms);
}

}  // namespace

ExitCode evaluate_command(const EvaluateOptions& options) {
  const RunFolder folder(options.run);
  EvaluationInput input = read_input(options, folder);
  const std::vector<StackFile> files = stack_files(folder, input.truth);
  input.traces = read_traces(files);
  EvaluatedRun result = evaluate_run(input);
  result.evaluation.run = options.run;
  result.evaluation.truth = options.truth;
  const fs::path out = options.out.empty() ? folder.root() / "evaluation" : fs::path(options.out);
  write_evaluation(out, result.evaluation, result.outcomes);
  write_pictures(out, folder, files, result.outcomes);
  print(result.evaluation, out);
  return ExitCode::complete;
}

}  // namespace bramble
