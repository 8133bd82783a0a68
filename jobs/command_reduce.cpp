#include "jobs/command_reduce.hpp"

#include "io/manifest_file.hpp"
#include "jobs/reduce_study.hpp"
#include "jobs/run_log.hpp"
#include "jobs/study_output.hpp"

namespace bramble {

ExitCode reduce_command(const ReduceOptions& options) {
  const RunFolder folder(options.folder);
  const RunRecord record = read_run_record(folder);
  const Manifest manifest = read_manifest(folder.manifest());
  log_to(folder.log());
  const StudySummary summary = reduce_study(folder, manifest, record);
  print_study(folder, summary, options.json);
  return study_exit_code(summary);
}

}  // namespace bramble
