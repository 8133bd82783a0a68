#pragma once

#include "jobs/dispatcher.hpp"
#include "jobs/mpi_session.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace bramble {

// Does one item of the plan and says how it went. Called with items one after another, on the
// calling thread.
using WorkFunction = std::function<JournalLine(const WorkItem&)>;

// Shares the items of a plan among all ranks: each asks rank 0 for its next item and reports the
// one before. Rank 0 answers on a thread of its own and works like the others; where MPI allows no
// calls from threads and there are several ranks, it only answers. One process works through the
// same queue without messages. Collective; `items` and
// `observe` are rank 0's, the others give anything. `observe` is called on
// rank 0, on the answering thread, once for each item that ended. `stop_requested` is asked before
// each item, on every rank: one that says yes ends the hand-out for all. Returns, on rank 0, how
// many items were left undone. A fatal exception of `work` in a job of several ranks ends the job.
std::size_t share_work(const MpiSession& session, const std::vector<WorkItem>& items,
                       const WorkFunction& work, const Dispatcher::OutcomeObserver& observe,
                       const std::function<bool()>& stop_requested);

}  // namespace bramble
