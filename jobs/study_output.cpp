#include "jobs/study_output.hpp"

#include "io/tables.hpp"
#include "jobs/input_scan.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstdio>

namespace bramble {
namespace {

using nlohmann::json;

void print_json(const json& object) {
  fmt::print("{}\n", object.dump(2, ' ', false, json::error_handler_t::replace));
}

void print_failures(const StudySummary& summary) {
  if (summary.num_pending > 0) {
    fmt::print(stderr,
               "bramble: {} stacks or fields not analysed yet; bramble run with the same options "
               "goes on\n",
               summary.num_pending);
  }
  if (summary.failures.empty()) {
    return;
  }
  fmt::print(stderr, "bramble: {} failed:\n", summary.failures.size());
  for (const std::string& failure : summary.failures) {
    spdlog::error("failed: {}", failure);
    fmt::print(stderr, "  {}\n", failure);
  }
}

}  // namespace

void print_study(const RunFolder& folder, const StudySummary& summary, bool as_json) {
  spdlog::info("{} stacks done, {} failed, {} excluded, {} not tried", summary.num_done,
               summary.num_failed, summary.num_excluded, summary.num_pending);
  print_failures(summary);
  if (as_json) {
    print_json({{"exit_code", static_cast<int>(study_exit_code(summary))},
                {"num_done", summary.num_done},
                {"num_failed", summary.num_failed},
                {"num_excluded", summary.num_excluded},
                {"num_pending", summary.num_pending},
                {"failures", summary.failures},
                {"tables", folder.tables().string()},
                {"report", folder.report().string()}});
    return;
  }
  fmt::print("{}\n", density_summary(summary.tables));
  fmt::print("{} stacks done, {} failed, {} excluded\n", summary.num_done, summary.num_failed,
             summary.num_excluded);
  fmt::print("report    {}\n", folder.report().string());
  fmt::print("tables    {}\n", folder.tables().string());
  fmt::print("pictures  {}\n", folder.overlays().string());
}

ExitCode study_exit_code(const StudySummary& summary) {
  return summary.num_failed + summary.num_pending > 0 ? ExitCode::some_failed : ExitCode::complete;
}

void print_plan(const PreparedRun& run, const std::vector<RankDevice>& devices, bool as_json) {
  const ManifestCounts counts = count_entries(run.inputs.manifest);
  const auto num_stacks =
      std::count_if(run.plan.items.begin(), run.plan.items.end(),
                    [](const WorkItem& item) { return item.kind == ItemKind::stack; });
  std::int64_t num_voxels = 0;
  for (const WorkItem& item : run.plan.items) {
    num_voxels += item.kind == ItemKind::stack ? item.cost : 0;
  }
  if (as_json) {
    print_json({{"resumes", run.state == FolderState::resumed},
                {"num_usable", counts.num_usable},
                {"num_excluded", counts.num_excluded},
                {"num_unusable", counts.num_unusable},
                {"num_stacks_done", run.plan.num_stacks_done},
                {"num_stacks_to_do", num_stacks},
                {"num_voxels_to_do", num_voxels},
                {"num_fields", run.inputs.manifest.fields.size()},
                {"num_ranks", devices.size()}});
    return;
  }
  fmt::print("{} stacks in {} fields can be used, {} excluded, {} cannot be used\n",
             counts.num_usable, run.inputs.manifest.fields.size(), counts.num_excluded,
             counts.num_unusable);
  for (const std::string& reason : unusable_entries(run.inputs.manifest)) {
    fmt::print("  {}\n", reason);
  }
  fmt::print("{} stacks ({:.1f} million voxels) to analyse, {} done before\n", num_stacks,
             static_cast<double>(num_voxels) / 1e6, run.plan.num_stacks_done);
  for (const RankDevice& device : devices) {
    fmt::print("{}\n", to_text(device));
  }
}

void log_outcome(const JournalLine& outcome) {
  const char* const kind = outcome.kind == ItemKind::stack ? "stack" : "field";
  if (outcome.event == JournalEvent::failed) {
    spdlog::error("rank {}: {} {} failed in stage {}: {}", outcome.rank, kind, outcome.id,
                  outcome.stage, outcome.message);
    return;
  }
  double seconds = 0;
  for (const StageTiming& timing : outcome.timings) {
    seconds += timing.seconds;
  }
  spdlog::info("rank {}: {} {} done in {:.2f} s{}{}", outcome.rank, kind, outcome.id, seconds,
               outcome.summary.empty() ? "" : ": ", outcome.summary);
}

}  // namespace bramble
