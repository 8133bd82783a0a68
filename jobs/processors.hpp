#pragma once

#include "jobs/communicator.hpp"

#include <string>
#include <vector>

namespace bramble {

// Per processor of a node, whether a process may run on it.
using ProcessorSet = std::vector<bool>;

// Those that the system, a batch system or mpirun's binding leave to this process.
ProcessorSet available_processors();

// The number of threads for rank `rank` of a node when the ranks share the processors of their sets
// evenly: all of its own where ranks are bound to different ones, its part where they may all use
// the same. At least 1.
int fair_share(const std::vector<ProcessorSet>& sets_of_ranks, int rank);

// Sets the number of OpenMP threads of this rank and returns it: `wanted`, or its fair share when
// `wanted` is 0. Collective over `node`.
int set_threads(const Communicator& node, int wanted);

// "Intel(R) Xeon(R) ...": model name of the CPU; "unknown" where the system does not say.
std::string cpu_model();

}  // namespace bramble
