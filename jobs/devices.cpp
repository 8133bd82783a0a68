#include "jobs/devices.hpp"

#include "jobs/processors.hpp"
#include "kernels/core/error.hpp"

namespace bramble {

DeviceRequest parse_device_request(const std::string& text) {
  if (text == "auto") {
    return DeviceRequest::automatic;
  }
  if (text == "cpu") {
    return DeviceRequest::cpu;
  }
  if (text == "cuda") {
    return DeviceRequest::cuda;
  }
  throw InvalidArgument("--device " + text + ": expected auto, cpu or cuda");
}

DeviceChoice choose_device(DeviceRequest request, const std::vector<DeviceInfo>& devices,
                           int local_rank) {
  if (request == DeviceRequest::cuda && devices.empty()) {
    throw DeviceError(cuda_version() == "none"
                          ? "--device cuda: this program was built without CUDA; use --device cpu "
                            "or build with -DBRAMBLE_CUDA=ON"
                          : "--device cuda: no CUDA device is visible; check nvidia-smi and "
                            "CUDA_VISIBLE_DEVICES, or use --device cpu");
  }
  if (request == DeviceRequest::cpu || devices.empty()) {
    return {.backend = Backend::cpu, .index = -1, .id = "cpu", .processor = cpu_model()};
  }
  const DeviceInfo& device = devices[static_cast<std::size_t>(local_rank) % devices.size()];
  return {
      .backend = Backend::cuda, .index = device.index, .id = device.uuid, .processor = device.name};
}

std::string backend_name(Backend backend) { return backend == Backend::cuda ? "cuda" : "cpu"; }

}  // namespace bramble
