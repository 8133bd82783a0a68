#pragma once

#include "jobs/field_job.hpp"
#include "jobs/journal.hpp"
#include "jobs/stack_job.hpp"
#include "jobs/stop_signal.hpp"
#include "jobs/work_plan.hpp"
#include "pipeline/records/manifest.hpp"

namespace bramble {

// Who works, for the journal.
struct WorkerName {
  int rank = 0;
  int attempt = 1;
  std::string device;
};

// Does items on one rank and keeps its journal. The one place where the failure of an item is
// caught.
class ItemWorker {
 public:
  // `manifest` outlives the worker.
  ItemWorker(const JobSetup& setup, const Manifest& manifest, WorkerName name);

  // Says how it went. Lets a DeviceError pass, since nothing more can be done on that device, and a
  // journal that cannot be written.
  JournalLine run(const WorkItem& item);

 private:
  void run_job(const WorkItem& item, JobTrace& trace);

  JobSetup setup_;
  const Manifest& manifest_;
  WorkerName name_;
  StackJob stack_job_;
  JournalWriter journal_;
  StopNote stop_note_;
};

}  // namespace bramble
