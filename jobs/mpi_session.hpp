#pragma once

#include "jobs/communicator.hpp"
#include "jobs/exit_code.hpp"

#include <functional>

namespace bramble {

// What a command knows of the job it is part of.
struct MpiSession {
  Communicator world;
  bool calls_from_any_thread = false;  // MPI_THREAD_MULTIPLE was granted
};

// The rank that the launcher (mpirun, srun) gave this process, known before MPI starts; 0 without a
// launcher.
int launcher_rank();

// Runs `body` between MPI's start and end, in a job of one process too. Rank 0's code is the job's:
// the others return `complete`, since a launcher kills the job at the first rank that ends
// otherwise. An exception that leaves `body` in a job of several ranks ends all of them with its
// exit code and its reason on stderr, so that nobody waits forever; in a single process it is
// passed on.
ExitCode with_mpi(const std::function<ExitCode(const MpiSession&)>& body);

// Ends every rank at once, with the reason on stderr. For threads that cannot let an exception
// pass.
[[noreturn]] void abort_all_ranks(const std::exception& reason);

}  // namespace bramble
