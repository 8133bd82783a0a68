#include "jobs/stack_job.hpp"

#include "io/archive_reader.hpp"
#include "io/overlay.hpp"
#include "io/stack_result_file.hpp"
#include "io/swc.hpp"
#include "jobs/conditions_file.hpp"
#include "jobs/restoration_text.hpp"
#include "jobs/stage_clock.hpp"
#include "kernels/core/error.hpp"

#include <filesystem>

namespace bramble {
namespace {

std::int64_t size_on_disk(const std::filesystem::path& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  return error ? 0 : static_cast<std::int64_t>(size);
}

}  // namespace

StackJob::StackJob(JobSetup setup)
    : setup_(std::move(setup)),
      analyser_(setup_.exec, setup_.parameters),
      psfs_(setup_.parameters.restore) {}

StackPsf StackJob::psf_of(const ManifestEntry& entry, const Calibration& calibration) {
  const Extent extent = entry.acquisition.extent;
  if (psf_condition_ != calibration.condition || psf_extent_ != extent) {
    chosen_ =
        psfs_.choose(entry, {.xy = calibration.psf_stretch_xy, .z = calibration.psf_stretch_z});
    psf_condition_ = calibration.condition;
    psf_extent_ = extent;
  }
  return stack_psf(chosen_, entry.acquisition);
}

void StackJob::run(const ManifestEntry& entry, JobTrace& trace) {
  trace.stage = "read";
  const StageClock reading;
  const StackVoxels voxels = read_stack(entry);
  trace.timings.push_back(
      {.stage = "read", .seconds = reading.seconds(), .num_bytes = entry.stored_bytes});

  const Calibration* calibration =
      find_calibration(entry.acquisition, setup_.parameters.restore, setup_.calibrations);
  if (calibration == nullptr) {
    throw DataError(entry.identity.file + ": " + entry.identity.path +
                    ": its acquisition condition has no calibration; start the run again");
  }
  trace.stage = "analyse";
  const StageObserver observe = [&](const std::string& stage, double seconds) {
    trace.timings.push_back({.stage = stage, .seconds = seconds, .num_bytes = 0});
    trace.stage = "after " + stage;
  };
  StackResult result =
      analyser_.analyse(entry.identity, entry.acquisition, *calibration,
                        psf_of(entry, *calibration), view_of(voxels.counts), observe);
  result.provenance = setup_.provenance;
  result.provenance.input_sha256 = voxels.input_sha256;
  write(result, trace);
  trace.summary = to_text(result);
}

void StackJob::write(const StackResult& result, JobTrace& trace) const {
  trace.stage = "write";
  const StageClock writing;
  const StackIdentity& identity = result.identity;
  const std::filesystem::path path = setup_.folder.stack_result(identity.stack_id);
  write_swc(setup_.folder.swc(identity), result);
  write_overlay(setup_.folder.overlay(identity), result,
                setup_.parameters.spines.report_probability);
  write_stack_result(path, result);
  trace.timings.push_back(
      {.stage = "write", .seconds = writing.seconds(), .num_bytes = size_on_disk(path)});
}

}  // namespace bramble
