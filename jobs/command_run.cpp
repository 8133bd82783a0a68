#include "jobs/command_run.hpp"

#include "io/manifest_file.hpp"
#include "io/sha256.hpp"
#include "jobs/condition_trials.hpp"
#include "jobs/conditions_file.hpp"
#include "jobs/input_scan.hpp"
#include "jobs/item_worker.hpp"
#include "jobs/mpi_session.hpp"
#include "jobs/parameters_toml.hpp"
#include "jobs/prepare_retry.hpp"
#include "jobs/processors.hpp"
#include "jobs/progress.hpp"
#include "jobs/rank_devices.hpp"
#include "jobs/reduce_study.hpp"
#include "jobs/restoration_text.hpp"
#include "jobs/run_lock.hpp"
#include "jobs/shared_step.hpp"
#include "jobs/stop_signal.hpp"
#include "jobs/study_output.hpp"
#include "jobs/version.hpp"
#include "jobs/work_service.hpp"
#include "kernels/core/error.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <memory>
#include <optional>

namespace bramble {
namespace {

using nlohmann::json;

// One run on one rank. `prepared` is rank 0's.
struct RankRun {
  const RunOptions& options;
  const MpiSession& session;
  RunFolder folder;
  RunRecord record;
  std::optional<PreparedRun> prepared;
  std::unique_ptr<RunLock> lock;  // held by rank 0 for all, to the end
};

// Rank 0 scans and says which stacks are to be tried before anything is decided. A dry run tries
// none.
std::string trial_text(RankRun& run) {
  if (run.options.only_failed) {
    run.lock = std::make_unique<RunLock>(run.folder);
    run.prepared = prepare_retry(run.folder, run.record);
  } else {
    run.prepared = prepare_run(run.options.input, run.folder, run.record);
  }
  if (!run.lock && !run.options.dry_run) {
    run.lock = std::make_unique<RunLock>(run.folder);
    read_folder(run.folder, run.record, *run.prepared);
  }
  return manifest_to_text(run.options.dry_run
                              ? Manifest()
                              : stacks_to_try(run.prepared->inputs.manifest,
                                              run.record.parameters.restore, run.prepared->trials));
}

// Rank 0 decides, writes the folder, and says what the others need to follow.
std::string start_text(RankRun& run, const std::vector<RankDevice>& devices,
                       const std::vector<ConditionTrial>& trials) {
  plan_run(run.folder, run.record, trials, *run.prepared);
  if (run.options.dry_run) {
    return {};
  }
  commit_run(run.folder, run.record, *run.prepared);
  spdlog::info("bramble {} (commit {}), parameters {}", run.record.provenance.version,
               run.record.provenance.commit, run.record.provenance.parameters_hash);
  if (run.lock->taken_over_from()) {
    spdlog::warn("the run before, {}, left without a word; its folder was taken over",
                 name_of(*run.lock->taken_over_from()));
  }
  for (const RankDevice& device : devices) {
    spdlog::info(to_text(device));
  }
  for (const ConditionTrial& trial : trials) {
    spdlog::info(to_text(trial));
  }
  for (const Calibration& calibration : run.prepared->inputs.calibrations) {
    spdlog::info(to_text(calibration));
  }
  const WorkPlan& plan = run.prepared->plan;
  spdlog::info("attempt {}: {} items to do, {} stacks done before", run.prepared->attempt,
               plan.items.size(), plan.num_stacks_done);
  return json{{"attempt", run.prepared->attempt},
              {"manifest_sha256", sha256_of_file(run.folder.manifest())}}
      .dump();
}

Manifest read_shared_manifest(const RunFolder& folder, const std::string& expected_sha256) {
  if (sha256_of_file(folder.manifest()) != expected_sha256) {
    throw ResourceError(folder.manifest().string() +
                        ": differs from what rank 0 wrote; --out must be a folder that all nodes "
                        "share");
  }
  return read_manifest(folder.manifest());
}

Stream stream_of(const DeviceChoice& device) {
  return device.backend == Backend::cuda ? make_stream(device.index) : Stream();
}

Exec exec_of(const DeviceChoice& device, const Stream& stream) {
  return device.backend == Backend::cuda ? cuda_exec(stream) : cpu_exec;
}

std::vector<ConditionTrial> try_conditions(const RankRun& run, const DeviceChoice& device,
                                           const std::string& stacks) {
  const Stream stream = stream_of(device);
  return run_trials(run.session.world, exec_of(device, stream),
                    manifest_from_text(stacks, "stacks to try"), run.record.parameters.restore);
}

// How the work ended, on rank 0.
struct WorkEnd {
  std::size_t num_left = 0;  // above 0: it was told to stop
  int num_failed = 0;        // what the scan refused counts too
};

bool too_many_failed(const RunOptions& options, int num_failed) {
  return options.max_failures && num_failed > *options.max_failures;
}

// Works until nothing is left, or it is told to stop.
WorkEnd work(const RankRun& run, const DeviceChoice& device, const std::string& start) {
  const json shared = json::parse(start);
  const Manifest manifest = read_shared_manifest(run.folder, shared.at("manifest_sha256"));
  // The stream lives as long as the worker that uses it.
  const Stream stream = stream_of(device);
  JobSetup setup{.folder = run.folder,
                 .exec = exec_of(device, stream),
                 .parameters = run.record.parameters,
                 .provenance = run.record.provenance,
                 .calibrations = read_conditions(run.folder.conditions()).calibrations};
  ItemWorker worker(
      setup, manifest,
      {.rank = run.session.world.rank(), .attempt = shared.at("attempt"), .device = device.id});
  const WorkPlan plan = run.prepared ? run.prepared->plan : WorkPlan();
  const bool is_terminal = isatty(STDERR_FILENO) != 0;
  Progress progress(parse_progress_style(run.options.progress, is_terminal), plan);
  // Counted by the answering thread of rank 0, asked for by the working one too.
  std::atomic<int> num_failed =
      run.prepared ? count_entries(run.prepared->inputs.manifest).num_unusable : 0;
  const std::size_t num_left = share_work(
      run.session, plan.items, [&](const WorkItem& item) { return worker.run(item); },
      [&](const JournalLine& outcome, const WorkItem& item) {
        num_failed += outcome.event == JournalEvent::failed ? 1 : 0;
        log_outcome(outcome);
        progress.item_ended(outcome, item);
      },
      [&] {
        return stop_requested() || (run.lock && run.lock->lost()) ||
               too_many_failed(run.options, num_failed);
      });
  if (run.session.world.rank() == 0) {
    progress.finish();
  }
  return {.num_left = num_left, .num_failed = num_failed};
}

ExitCode finish(const RankRun& run, const WorkEnd& end) {
  if (run.lock->lost()) {
    report_error(run.folder.root().string() +
                 ": another run took this folder over, since this one showed no sign of life; "
                 "what it finished is kept");
    return ExitCode::interrupted;
  }
  if (end.num_left > 0 && too_many_failed(run.options, end.num_failed)) {
    report_error(fmt::format(
        "{} failed, more than --max-failures {}: ended with {} items left; see what failed, then "
        "the same command with more allowed goes on",
        end.num_failed, *run.options.max_failures, end.num_left));
  } else if (end.num_left > 0) {
    report_error(
        fmt::format("interrupted with {} items left; the same command resumes", end.num_left));
    return ExitCode::interrupted;
  }
  const StudySummary summary = reduce_study(run.folder, run.prepared->inputs.manifest, run.record);
  print_study(run.folder, summary, run.options.json);
  return study_exit_code(summary);
}

Parameters parameters_of(const RunOptions& options) {
  return options.only_failed ? read_run_record(RunFolder(options.out)).parameters
                             : resolve_parameters(options.input);
}

ExitCode run_as_rank(const RunOptions& options, const MpiSession& session) {
  const Communicator& world = session.world;
  const SharedStep configured =
      on_rank_0(world, [&] { return parameters_to_toml(parameters_of(options)); });
  if (configured.code != ExitCode::complete) {
    return configured.code;
  }
  const Communicator node = world.split_by_node();
  const int num_threads = set_threads(node, options.num_threads);
  std::vector<RankDevice> devices;
  const std::optional<DeviceChoice> device =
      agree_on_devices(world, node, parse_device_request(options.device), num_threads, devices);
  if (!device) {
    return ExitCode::no_device;
  }
  const Parameters parameters = parameters_from_toml(configured.text, "configuration");
  RankRun run{.options = options,
              .session = session,
              .folder = RunFolder(options.out),
              .record = {.parameters = parameters,
                         .provenance = {.version = version(),
                                        .commit = commit(),
                                        .parameters_hash = parameters_hash(parameters),
                                        .input_sha256 = {},
                                        .backend = backend_name(device->backend),
                                        .processor = device->processor}},
              .prepared = std::nullopt,
              .lock = nullptr};
  const SharedStep scanned = on_rank_0(world, [&] { return trial_text(run); });
  if (scanned.code != ExitCode::complete) {
    return scanned.code;
  }
  const std::vector<ConditionTrial> trials = try_conditions(run, *device, scanned.text);
  const SharedStep started = on_rank_0(world, [&] { return start_text(run, devices, trials); });
  if (started.code != ExitCode::complete) {
    return started.code;
  }
  if (options.dry_run) {
    if (world.rank() == 0) {
      print_plan(*run.prepared, devices, options.json);
    }
    return ExitCode::complete;
  }
  const WorkEnd end = work(run, *device, started.text);
  world.barrier();
  return world.rank() == 0 ? finish(run, end) : ExitCode::complete;
}

}  // namespace

ExitCode run_command(const RunOptions& options) {
  if (options.print_config) {
    if (launcher_rank() == 0) {
      fmt::print("{}", parameters_to_toml(resolve_parameters(options.input)));
    }
    return ExitCode::complete;
  }
  parse_progress_style(options.progress, false);
  parse_device_request(options.device);
  catch_stop_signals();
  return with_mpi([&](const MpiSession& session) { return run_as_rank(options, session); });
}

}  // namespace bramble
