#include "jobs/stack_rows.hpp"

#include "io/manifest_file.hpp"
#include "io/stack_result_file.hpp"
#include "jobs/work_plan.hpp"
#include "kernels/core/error.hpp"
#include "pipeline/records/flags.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace bramble {
namespace {

StackRow row_of(const ManifestEntry& entry) {
  const StackIdentity& identity = entry.identity;
  StackRow row;
  row.subject_id = identity.subject_id;
  row.session_id = identity.session_id;
  row.fov = identity.fov;
  row.file = identity.file;
  row.path = identity.path;
  const Extent extent = entry.acquisition.extent;
  if (extent.num_voxels() > 0) {
    row.shape = fmt::format("{}x{}x{}", extent.z, extent.y, extent.x);
  }
  const Spacing spacing = entry.acquisition.spacing;
  if (spacing.z_um > 0) {
    row.spacing = fmt::format("{}x{}x{}", spacing.z_um, spacing.y_um, spacing.x_um);
  }
  row.flags = entry.acquisition.spacing_overridden ? "voxel_size_overridden" : "";
  return row;
}

void fill_from_result(StackRow& row, const StackResult& result) {
  row.status = "done";
  row.snr = result.quality.snr;
  row.saturation_frac = result.quality.saturation_frac;
  row.background = result.quality.background_counts;
  row.motion_um = result.quality.motion_um;
  row.psf = fmt::format("{} {} {:.3g}x{:.3g} um", result.calibration.psf_source,
                        result.calibration.psf_model, result.calibration.psf_fwhm_xy_um,
                        result.calibration.psf_fwhm_z_um);
  row.iterations = result.calibration.iterations;
  row.flags = with_flags(with_flags(row.flags, result.flags), result.calibration.flags);
}

}  // namespace

StackRow stack_row(const RunFolder& folder, const ManifestEntry& entry,
                   const ItemHistories& histories) {
  StackRow row = row_of(entry);
  if (!is_usable(entry)) {
    row.status = is_excluded(entry) ? "excluded" : "failed";
    row.message = entry.problem;
    return row;
  }
  const std::filesystem::path path = folder.stack_result(entry.identity.stack_id);
  if (std::filesystem::exists(path)) {
    try {
      fill_from_result(row, read_stack_result(path));
    } catch (const DataError& error) {
      row.status = "failed";
      row.message = error.what();
    }
    return row;
  }
  const auto found = histories.find(entry.identity.stack_id);
  const ItemHistory history = found == histories.end() ? ItemHistory() : found->second;
  if (is_quarantined(history)) {
    row.status = "quarantined";
    row.message = quarantine_message;
    return row;
  }
  if (history.last.event == JournalEvent::failed) {
    row.status = "failed";
    row.message = fmt::format("{}: {}", history.last.stage, history.last.message);
    return row;
  }
  row.status = "pending";
  row.message = "not analysed yet; run the same command again";
  return row;
}

}  // namespace bramble
