#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace bramble {

// One CUDA device as this process sees it.
struct DeviceInfo {
  int index = 0;
  std::string name;
  std::string
      uuid;  // "GPU-xxxxxxxx-xxxx-...": the same in every process of a node, whatever the index
  int compute_major = 0;
  int compute_minor = 0;
  std::int64_t total_bytes = 0;
  std::int64_t free_bytes = 0;
};

// The CUDA devices this process may use; empty in a CPU-only build and where there is no driver or
// no device. Never throws: every error of the driver means "no device".
std::vector<DeviceInfo> list_devices();

// The CUDA runtime this program was built with, "13.0"; "none" in a CPU-only build.
std::string cuda_version();

}  // namespace bramble
