#include "jobs/command_plan.hpp"

#include "jobs/input_scan.hpp"
#include "jobs/plan_restoration.hpp"
#include "jobs/selection.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace bramble {
namespace {

constexpr double bytes_per_gb = 1e9;

std::int64_t memory_of_machine_bytes() {
  return static_cast<std::int64_t>(sysconf(_SC_PHYS_PAGES)) *
         static_cast<std::int64_t>(sysconf(_SC_PAGE_SIZE));
}

std::string text_of(Extent extent) { return fmt::format("{}x{}x{}", extent.z, extent.y, extent.x); }

nlohmann::json json_of(Extent extent) { return {extent.z, extent.y, extent.x}; }

void print_json(const std::vector<RestorationPlan>& plans, const RankResources& resources) {
  nlohmann::json rows = nlohmann::json::array();
  for (const RestorationPlan& plan : plans) {
    rows.push_back(
        {{"shape", json_of(plan.image)},
         {"psf", json_of(plan.psf)},
         {"engine", plan.is_separable ? "separable" : "fourier"},
         {"num_stacks", plan.num_stacks},
         {"whole_bytes", plan.whole_bytes},
         {"tile", plan.tile ? json_of(*plan.tile) : nlohmann::json()},
         {"tiled_bytes", plan.tile ? nlohmann::json(plan.tiled_bytes) : nlohmann::json()},
         {"problem", plan.problem}});
  }
  const std::optional<Extent> tile = common_tile(plans);
  fmt::print("{}\n", nlohmann::json{{"memory_bytes", resources.memory_bytes},
                                    {"restoration", rows},
                                    {"tile", tile ? json_of(*tile) : nlohmann::json()}}
                         .dump(2));
}

void print_table(const std::vector<RestorationPlan>& plans, const RankResources& resources) {
  fmt::print("{:>7} {:<16} {:<14} {:<10} {:>9} {:<14} {:>9}\n", "stacks", "shape", "psf", "engine",
             "whole_gb", "tile", "tiled_gb");
  for (const RestorationPlan& plan : plans) {
    fmt::print("{:>7} {:<16} {:<14} {:<10} {:>9.2f} {:<14} {:>9}\n", plan.num_stacks,
               text_of(plan.image), text_of(plan.psf), plan.is_separable ? "separable" : "fourier",
               static_cast<double>(plan.whole_bytes) / bytes_per_gb,
               plan.tile ? text_of(*plan.tile) : "whole",
               plan.tile
                   ? fmt::format("{:.2f}", static_cast<double>(plan.tiled_bytes) / bytes_per_gb)
                   : "n/a");
  }
  const double memory_gb = static_cast<double>(resources.memory_bytes) / bytes_per_gb;
  if (const std::optional<Extent> tile = common_tile(plans)) {
    fmt::print(
        "With {:.1f} GB a rank, put this into the parameters, the same for the whole study:\n"
        "[restore]\ntile = [{}, {}, {}]\n",
        memory_gb, tile->z, tile->y, tile->x);
  } else if (std::ranges::all_of(plans, &std::string::empty, &RestorationPlan::problem)) {
    fmt::print("All stacks can be restored whole with {:.1f} GB a rank.\n", memory_gb);
  }
}

}  // namespace

ExitCode plan_command(const PlanOptions& options) {
  const Parameters parameters = resolve_parameters(options.input);
  const Manifest manifest = select(scan_inputs(options.input.archives, parameters.input),
                                   parse_selection(options.input.selection));
  const RankResources resources{
      .memory_bytes = options.memory_gb > 0
                          ? static_cast<std::int64_t>(options.memory_gb * bytes_per_gb)
                          : memory_of_machine_bytes(),
      .backend = options.device == "cuda" ? Backend::cuda : Backend::cpu,
      .num_threads = options.num_threads};
  const std::vector<RestorationPlan> plans = plan_restoration(manifest, parameters, resources);
  if (options.json) {
    print_json(plans, resources);
  } else {
    print_table(plans, resources);
  }
  bool some_failed = false;
  for (const RestorationPlan& plan : plans) {
    if (!plan.problem.empty()) {
      fmt::print(stderr, "bramble: {} stacks of {}: {}\n", plan.num_stacks, text_of(plan.image),
                 plan.problem);
      some_failed = true;
    }
  }
  if (plans.empty()) {
    return ExitCode::nothing_usable;
  }
  return some_failed ? ExitCode::some_failed : ExitCode::complete;
}

}  // namespace bramble
