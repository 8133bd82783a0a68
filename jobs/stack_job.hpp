#pragma once

#include "jobs/journal.hpp"
#include "jobs/run_folder.hpp"
#include "jobs/stack_psfs.hpp"
#include "kernels/core/exec.hpp"
#include "pipeline/records/calibration.hpp"
#include "pipeline/records/manifest.hpp"
#include "pipeline/records/parameters.hpp"
#include "pipeline/records/provenance.hpp"
#include "pipeline/stack/stack_analyser.hpp"

#include <string>
#include <vector>

namespace bramble {

// What the jobs of one rank have in common.
struct JobSetup {
  RunFolder folder;
  Exec exec;
  Parameters parameters;
  Provenance provenance;  // without input_sha256
  std::vector<Calibration> calibrations;
};

// Where a job is and what it took so far: also right after it threw.
struct JobTrace {
  std::string stage;  // the one that runs, or the one after the last that ended
  std::vector<StageTiming> timings;
  std::string summary;  // what came of it, in a line
};

// Reads, analyses and writes stacks one after another: tracing and picture first, the result last,
// so that a result that is there says that everything is.
class StackJob {
 public:
  explicit StackJob(JobSetup setup);

  // Throws what the reader, the analysis and the writers throw.
  void run(const ManifestEntry& entry, JobTrace& trace);

 private:
  void write(const StackResult& result, JobTrace& trace) const;

  // The PSFs of the last stack's condition and extent are kept.
  StackPsf psf_of(const ManifestEntry& entry, const Calibration& calibration);

  JobSetup setup_;
  StackAnalyser analyser_;
  StackPsfs psfs_;
  std::vector<ChosenPsf> chosen_;
  std::string psf_condition_;
  Extent psf_extent_;
};

}  // namespace bramble
