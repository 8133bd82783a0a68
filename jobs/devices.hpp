#pragma once

#include "kernels/core/device.hpp"
#include "kernels/core/exec.hpp"

#include <string>
#include <vector>

namespace bramble {

enum class DeviceRequest { automatic, cpu, cuda };

// Throws InvalidArgument for anything but auto, cpu and cuda.
DeviceRequest parse_device_request(const std::string& text);

// What a rank computes on.
struct DeviceChoice {
  Backend backend = Backend::cpu;
  int index = -1;         // of the CUDA device
  std::string id;         // "cpu" or the GPU's UUID
  std::string processor;  // model name of the CPU or GPU
};

// The device of the rank that is number `local_rank` on its node: CUDA devices in turn, the CPU
// where there are none. Throws DeviceError when `request` is cuda and there is no device.
DeviceChoice choose_device(DeviceRequest request, const std::vector<DeviceInfo>& devices,
                           int local_rank);

// "cpu" or "cuda", as results name it.
std::string backend_name(Backend backend);

}  // namespace bramble
