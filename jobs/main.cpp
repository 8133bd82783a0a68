#include "jobs/command_line.hpp"
#include "jobs/exit_code.hpp"
#include "jobs/mpi_session.hpp"
#include "jobs/run_log.hpp"
#include "jobs/shared_step.hpp"

#include <exception>

namespace bramble {
namespace {

// Commands of one process do nothing on the other ranks of a job.
template <class Options>
ExitCode on_first_rank(ExitCode (*command)(const Options&), const Options& options) {
  return launcher_rank() == 0 ? command(options) : ExitCode::complete;
}

struct Execute {
  ExitCode operator()(ExitCode code) const { return code; }
  ExitCode operator()(const RunOptions& options) const { return run_command(options); }
  ExitCode operator()(const DevicesOptions& options) const { return devices_command(options); }
  ExitCode operator()(const ScanOptions& options) const {
    return on_first_rank(scan_command, options);
  }
  ExitCode operator()(const PlanOptions& options) const {
    return on_first_rank(plan_command, options);
  }
  ExitCode operator()(const ReduceOptions& options) const {
    return on_first_rank(reduce_command, options);
  }
  ExitCode operator()(const StatusOptions& options) const {
    return on_first_rank(status_command, options);
  }
  ExitCode operator()(const EvaluateOptions& options) const {
    return on_first_rank(evaluate_command, options);
  }
  ExitCode operator()(const PhantomOptions& options) const { return phantom_command(options); }
  ExitCode operator()(const PsfWriteOptions& options) const {
    return on_first_rank(psf_write_command, options);
  }
  ExitCode operator()(const PsfShowOptions& options) const {
    return on_first_rank(psf_show_command, options);
  }
  ExitCode operator()(const PsfEstimateOptions& options) const {
    return on_first_rank(psf_estimate_command, options);
  }
};

ExitCode run_program(int argc, char** argv) {
  try {
    log_nowhere();
    return std::visit(Execute{}, parse_command_line(argc, argv));
  } catch (const std::exception& error) {
    report_error(error.what());
    return exit_code_of(error);
  }
}

}  // namespace
}  // namespace bramble

int main(int argc, char** argv) { return static_cast<int>(bramble::run_program(argc, argv)); }
