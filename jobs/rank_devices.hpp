#pragma once

#include "jobs/communicator.hpp"
#include "jobs/devices.hpp"

#include <optional>
#include <string>
#include <vector>

namespace bramble {

// What one rank computes with, as every rank knows it.
struct RankDevice {
  int rank = 0;
  std::string host;
  int num_threads = 0;
  std::string id;         // "cpu" or the GPU's UUID
  std::string processor;  // model name
  std::string problem;    // why it has no device; empty when all is well
};

// "rank 1 on node7: NVIDIA H100 (GPU-...), 8 threads".
std::string to_text(const RankDevice& device);

// Chooses this rank's device and makes it known to all. Nothing when any rank has none: rank 0 has
// then told why. Collective over `world`; `node` holds the ranks of this node.
std::optional<DeviceChoice> agree_on_devices(const Communicator& world, const Communicator& node,
                                             DeviceRequest request, int num_threads,
                                             std::vector<RankDevice>& all);

}  // namespace bramble
