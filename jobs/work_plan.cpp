#include "jobs/work_plan.hpp"

#include "jobs/conditions_file.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

namespace bramble {
namespace {

// A field job takes about this part of the time that its stacks take, so that fields follow the
// stacks of their size.
constexpr std::int64_t field_cost_divisor = 20;

bool same_day(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

bool same_identity(const StackIdentity& a, const StackIdentity& b) {
  return a.stack_id == b.stack_id && a.subject_id == b.subject_id && a.group == b.group &&
         a.session_id == b.session_id && same_day(a.day, b.day) && a.region == b.region &&
         a.sample == b.sample && a.fov == b.fov && a.fov_uid == b.fov_uid &&
         a.channel == b.channel && a.path == b.path;
}

bool same_acquisition(const Acquisition& a, const Acquisition& b) {
  return a.extent == b.extent && a.spacing == b.spacing &&
         a.spacing_overridden == b.spacing_overridden && a.voxel_type == b.voxel_type &&
         a.offset_counts == b.offset_counts && a.saturation_value == b.saturation_value &&
         a.gain_counts == b.gain_counts && a.read_noise_counts == b.read_noise_counts &&
         a.excitation_nm == b.excitation_nm && a.numerical_aperture == b.numerical_aperture &&
         a.refractive_index == b.refractive_index && a.psf_path == b.psf_path &&
         a.qc_status == b.qc_status;
}

bool same_input(const ManifestEntry& a, const ManifestEntry& b) {
  return same_identity(a.identity, b.identity) && same_acquisition(a.acquisition, b.acquisition) &&
         a.stored_bytes == b.stored_bytes;
}

bool same_width(const PsfRecord& a, const PsfRecord& b) {
  return a.fwhm_xy_um == b.fwhm_xy_um && a.fwhm_z_um == b.fwhm_z_um;
}

bool same_calibration(const Calibration* a, const Calibration* b) {
  if (a == nullptr || b == nullptr) {
    return false;
  }
  return a->condition == b->condition && a->iterations == b->iterations &&
         a->psf_fwhm_xy_um == b->psf_fwhm_xy_um && a->psf_fwhm_z_um == b->psf_fwhm_z_um &&
         std::ranges::equal(a->psf_depths, b->psf_depths, same_width) && a->flags == b->flags;
}

bool has(const ItemHistories& histories, const std::string& id,
         bool (*property)(const ItemHistory&)) {
  const auto found = histories.find(id);
  return found != histories.end() && property(found->second);
}

// The first of `last` waits for all stacks before it, each other for the one before.
void put_last(const std::vector<std::size_t>& last, std::vector<WorkItem>& stacks) {
  for (std::size_t i = 0; i < last.size(); ++i) {
    std::vector<std::size_t>& after = stacks[last[i]].after;
    if (i > 0) {
      after.push_back(last[i - 1]);
      continue;
    }
    for (std::size_t place = 0; place < stacks.size(); ++place) {
      if (!std::ranges::binary_search(last, place)) {
        after.push_back(place);
      }
    }
  }
}

}  // namespace

bool is_usable(const ManifestEntry& entry) { return entry.problem.empty(); }

std::vector<std::string> stale_stacks(const std::set<std::string>& stacks_on_disk,
                                      const RunInputs& before, const RunInputs& now) {
  std::map<std::string_view, const ManifestEntry*> earlier;
  for (const ManifestEntry& entry : before.manifest.stacks) {
    earlier[entry.identity.stack_id] = &entry;
  }
  std::vector<std::string> stale;
  for (const ManifestEntry& entry : now.manifest.stacks) {
    const std::string& id = entry.identity.stack_id;
    const auto old = earlier.find(id);
    const bool stands =
        old != earlier.end() && is_usable(entry) && same_input(*old->second, entry) &&
        same_calibration(
            find_calibration(old->second->acquisition, before.restore, before.calibrations),
            find_calibration(entry.acquisition, now.restore, now.calibrations));
    if (stacks_on_disk.contains(id) && !stands) {
      stale.push_back(id);
    }
  }
  return stale;
}

WorkPlan plan_work(const Manifest& manifest, const std::set<std::string>& stacks_on_disk,
                   const ItemHistories& histories) {
  WorkPlan plan;
  std::vector<std::size_t> suspects;
  std::map<std::string_view, std::int64_t> cost_of;       // of usable stacks
  std::map<std::string_view, std::size_t> item_of_stack;  // of those in the plan
  for (std::size_t i = 0; i < manifest.stacks.size(); ++i) {
    const ManifestEntry& entry = manifest.stacks[i];
    if (!is_usable(entry)) {
      continue;
    }
    const std::string& id = entry.identity.stack_id;
    cost_of[id] = entry.acquisition.extent.num_voxels();
    if (stacks_on_disk.contains(id)) {
      ++plan.num_stacks_done;
      continue;
    }
    if (has(histories, id, is_quarantined)) {
      continue;
    }
    if (has(histories, id, is_suspect)) {
      suspects.push_back(plan.items.size());
    }
    item_of_stack[id] = plan.items.size();
    plan.items.push_back({.kind = ItemKind::stack, .index = i, .cost = cost_of[id], .after = {}});
  }
  put_last(suspects, plan.items);
  for (std::size_t i = 0; i < manifest.fields.size(); ++i) {
    if (has(histories, manifest.fields[i].field_id, is_quarantined)) {
      continue;
    }
    WorkItem item{.kind = ItemKind::field, .index = i, .cost = 0, .after = {}};
    bool any_usable = false;
    for (const std::string& id : manifest.fields[i].stack_ids) {
      any_usable = any_usable || cost_of.contains(id);
      item.cost += cost_of.contains(id) ? cost_of[id] / field_cost_divisor : 0;
      if (item_of_stack.contains(id)) {
        item.after.push_back(item_of_stack[id]);
      }
    }
    if (any_usable) {
      plan.items.push_back(std::move(item));
    }
  }
  return plan;
}

}  // namespace bramble
