#include "jobs/field_job.hpp"

#include "io/field_result_file.hpp"
#include "io/sha256.hpp"
#include "io/stack_result_file.hpp"
#include "jobs/stage_clock.hpp"
#include "kernels/core/error.hpp"
#include "pipeline/field/analyse_field.hpp"

#include <algorithm>
#include <filesystem>
#include <map>

namespace bramble {
namespace {

namespace fs = std::filesystem;

// Of the stack results of the field that are there: file checksum by stack_id.
using Checksums = std::map<std::string, std::string>;

Checksums checksums_on_disk(const RunFolder& folder, const ManifestField& field) {
  Checksums checksums;
  for (const std::string& id : field.stack_ids) {
    const fs::path path = folder.stack_result(id);
    if (fs::exists(path)) {
      checksums[id] = sha256_of_file(path);
    }
  }
  return checksums;
}

bool still_stands(const fs::path& path, const Checksums& checksums) {
  if (!fs::exists(path)) {
    return false;
  }
  try {
    Checksums used;
    for (const FieldSession& session : read_field_result(path).sessions) {
      used[session.identity.stack_id] = session.stack_result_sha256;
    }
    return used == checksums;
  } catch (const DataError&) {
    // Unreadable: made again.
    return false;
  }
}

}  // namespace

void run_field_job(const JobSetup& setup, const ManifestField& field, JobTrace& trace) {
  trace.stage = "field read";
  const StageClock reading;
  const fs::path path = setup.folder.field_result(field.field_id);
  const Checksums checksums = checksums_on_disk(setup.folder, field);
  if (checksums.empty()) {
    fs::remove(path);
    return;
  }
  if (still_stands(path, checksums)) {
    return;
  }
  std::vector<StackResult> results;
  for (const std::string& id : field.stack_ids) {
    if (checksums.contains(id)) {
      results.push_back(read_stack_result(setup.folder.stack_result(id)));
    }
  }
  trace.timings.push_back({.stage = "field read", .seconds = reading.seconds(), .num_bytes = 0});

  trace.stage = "field";
  const StageClock analysing;
  std::vector<const StackResult*> sessions;
  for (const StackResult& result : results) {
    sessions.push_back(&result);
  }
  FieldResult field_result =
      analyse_field(sessions, setup.parameters.field, setup.parameters.spines);
  field_result.field_id = field.field_id;
  field_result.parameters_hash = setup.provenance.parameters_hash;
  for (FieldSession& session : field_result.sessions) {
    session.stack_result_sha256 = checksums.at(session.identity.stack_id);
  }
  write_field_result(path, field_result);
  trace.timings.push_back({.stage = "field", .seconds = analysing.seconds(), .num_bytes = 0});
}

}  // namespace bramble
