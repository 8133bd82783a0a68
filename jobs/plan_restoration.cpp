#include "jobs/plan_restoration.hpp"

#include "jobs/stack_psfs.hpp"
#include "jobs/work_plan.hpp"
#include "kernels/core/error.hpp"
#include "kernels/restore/propose_tile.hpp"
#include "kernels/restore/separable_psf.hpp"
#include "kernels/restore/taps.hpp"
#include "kernels/restore/tile_layout.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace bramble {

namespace {

// Two more work volumes and the stack without its motion, all float.
constexpr std::int64_t held_bytes_per_voxel = 12;

Extent larger(Extent a, Extent b) {
  return {std::max(a.z, b.z), std::max(a.y, b.y), std::max(a.x, b.x)};
}

bool in_real_space(const Volume<float>& psf) {
  const Extent size = psf.extent();
  return std::max({size.z, size.y, size.x}) <= Taps::max_taps &&
         separate_psf(psf.view()).has_value();
}

TileProblem problem_of(const ManifestEntry& entry, const std::vector<ChosenPsf>& psfs,
                       const Parameters& parameters, const RankResources& resources) {
  TileProblem problem{.image = entry.acquisition.extent,
                      .psf = {0, 0, 0},
                      .overlaps = {0, 0, 0},
                      .is_separable = std::ranges::all_of(
                          psfs, in_real_space,
                          [](const ChosenPsf& each) -> const Volume<float>& { return each.psf; }),
                      .has_total_variation = parameters.restore.method == "total_variation",
                      .backend = resources.backend,
                      .bytes_per_count = entry.acquisition.voxel_type == "float32" ? 4 : 2,
                      .num_threads = resources.num_threads};
  for (const ChosenPsf& each : psfs) {
    problem.psf = larger(problem.psf, each.psf.extent());
    problem.overlaps = larger(problem.overlaps, tile_overlaps(each.psf));
  }
  return problem;
}

RestorationPlan plan_of(const TileProblem& problem, std::int64_t memory_bytes) {
  const std::int64_t held = held_bytes_per_voxel * problem.image.num_voxels();
  RestorationPlan plan{.image = problem.image,
                       .psf = problem.psf,
                       .is_separable = problem.is_separable,
                       .whole_bytes = held + restoration_bytes(problem, problem.image)};
  try {
    plan.tile = propose_tile(problem, memory_bytes - held);
  } catch (const ResourceError& error) {
    plan.problem = error.what();
  }
  if (plan.tile) {
    plan.tiled_bytes = held + restoration_bytes(problem, *plan.tile);
  }
  return plan;
}

}  // namespace

std::vector<RestorationPlan> plan_restoration(const Manifest& manifest,
                                              const Parameters& parameters,
                                              const RankResources& resources) {
  StackPsfs stack_psfs(parameters.restore);
  std::vector<RestorationPlan> plans;
  std::map<std::tuple<int, int, int, int, int, int, int, bool>, std::size_t> known;
  for (const ManifestEntry& entry : manifest.stacks) {
    if (!is_usable(entry)) {
      continue;
    }
    RestorationPlan plan{.image = entry.acquisition.extent};
    int bytes_per_count = 0;
    try {
      const TileProblem problem =
          problem_of(entry, stack_psfs.choose(entry, {}), parameters, resources);
      bytes_per_count = problem.bytes_per_count;
      plan = plan_of(problem, resources.memory_bytes);
    } catch (const DataError& error) {
      plan.problem = error.what();
    }
    const auto [place, is_new] =
        known.try_emplace({plan.image.z, plan.image.y, plan.image.x, plan.psf.z, plan.psf.y,
                           plan.psf.x, bytes_per_count, plan.is_separable},
                          plans.size());
    if (is_new) {
      plans.push_back(plan);
    }
    ++plans[place->second].num_stacks;
  }
  return plans;
}

std::optional<Extent> common_tile(const std::vector<RestorationPlan>& plans) {
  std::optional<Extent> common;
  for (const RestorationPlan& plan : plans) {
    if (plan.tile) {
      const Extent tile = *plan.tile;
      common = common ? Extent{std::min(common->z, tile.z), std::min(common->y, tile.y),
                               std::min(common->x, tile.x)}
                      : tile;
    }
  }
  return common;
}

}  // namespace bramble
