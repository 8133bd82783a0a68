#include "jobs/item_worker.hpp"

#include "kernels/core/error.hpp"

#include <new>

namespace bramble {

namespace {

JournalLine line_of(const WorkerName& name) {
  JournalLine line;
  line.attempt = name.attempt;
  line.rank = name.rank;
  line.device = name.device;
  return line;
}

std::string stopping_text(const WorkerName& name) {
  JournalLine line = line_of(name);
  line.event = JournalEvent::stopping;
  return to_json_line(line);
}

}  // namespace

ItemWorker::ItemWorker(const JobSetup& setup, const Manifest& manifest, WorkerName name)
    : setup_(setup),
      manifest_(manifest),
      name_(std::move(name)),
      stack_job_(setup),
      journal_(setup.folder.journal(name_.rank)),
      stop_note_(setup.folder.journal(name_.rank), stopping_text(name_)) {}

JournalLine ItemWorker::run(const WorkItem& item) {
  const bool is_stack = item.kind == ItemKind::stack;
  JournalLine line = line_of(name_);
  line.kind = item.kind;
  line.id = is_stack ? manifest_.stacks.at(item.index).identity.stack_id
                     : manifest_.fields.at(item.index).field_id;
  journal_.append(line);
  JobTrace trace;
  line.event = JournalEvent::failed;
  try {
    run_job(item, trace);
    line.event = JournalEvent::done;
  } catch (const DeviceError&) {
    throw;
  } catch (const std::bad_alloc&) {
    line.message = "not enough memory for this item; run fewer ranks per node";
  } catch (const std::exception& error) {
    line.message = error.what();
  }
  line.stage = trace.stage;
  line.timings = std::move(trace.timings);
  line.summary = std::move(trace.summary);
  journal_.append(line);
  return line;
}

void ItemWorker::run_job(const WorkItem& item, JobTrace& trace) {
  if (item.kind == ItemKind::stack) {
    stack_job_.run(manifest_.stacks[item.index], trace);
  } else {
    run_field_job(setup_, manifest_.fields[item.index], trace);
  }
}

}  // namespace bramble
