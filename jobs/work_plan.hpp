#pragma once

#include "jobs/item_history.hpp"
#include "pipeline/records/calibration.hpp"
#include "pipeline/records/manifest.hpp"
#include "pipeline/records/parameters.hpp"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace bramble {

// One stack or field to work on.
struct WorkItem {
  ItemKind kind = ItemKind::stack;
  std::size_t index = 0;  // into Manifest::stacks or Manifest::fields
  std::int64_t cost = 0;  // relative: the larger the longer
  std::vector<std::size_t>
      after;  // places in the plan that must have ended, well or badly, before this may start
};

// What is left to do. Fields are all in it: whether a field's result still stands is known only
// when its stacks are done, so the field job looks (and usually has nothing to do).
struct WorkPlan {
  std::vector<WorkItem> items;
  int num_stacks_done = 0;  // their results are there from an earlier run
};

// A stack that can be analysed: nothing is wrong with it and nobody excluded it.
bool is_usable(const ManifestEntry& entry);

// What an earlier run of the folder worked from, and what this one does.
struct RunInputs {
  Manifest manifest;
  RestoreParameters restore;
  std::vector<Calibration> calibrations;
};

// Those of the results on disk that no longer stand: since `before`, the stack's metadata, its size
// in the file or its calibration has changed, it has become unusable, or `before` did not know it.
// The name of the file does not count: archives may be moved. Results of stacks that `now` does not
// name are left alone.
std::vector<std::string> stale_stacks(const std::set<std::string>& stacks_on_disk,
                                      const RunInputs& before, const RunInputs& now);

// Stacks without a result on disk, and all fields, apart from what is quarantined. A stack that
// once took its process down comes after all others and alone: should it do so again, it is known
// which it was.
WorkPlan plan_work(const Manifest& manifest, const std::set<std::string>& stacks_on_disk,
                   const ItemHistories& histories = {});

}  // namespace bramble
