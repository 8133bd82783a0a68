#include "kernels/core/device.hpp"

#include "kernels/core/cuda_check.hpp"

#include <cstdio>

namespace bramble {

#if defined(__CUDACC__)

namespace {

std::string uuid_text(const cudaUUID_t& uuid) {
  std::string text = "GPU-";
  for (int i = 0; i < 16; ++i) {
    char hex[3];
    std::snprintf(hex, sizeof hex, "%02x", static_cast<unsigned char>(uuid.bytes[i]));
    text += hex;
    if (i == 3 || i == 5 || i == 7 || i == 9) {
      text += '-';
    }
  }
  return text;
}

}  // namespace

std::vector<DeviceInfo> list_devices() {
  int count = 0;
  if (cudaGetDeviceCount(&count) != cudaSuccess) {
    cudaGetLastError();
    return {};
  }
  std::vector<DeviceInfo> devices;
  for (int i = 0; i < count; ++i) {
    cudaDeviceProp properties{};
    std::size_t free_bytes = 0;
    std::size_t total_bytes = 0;
    if (cudaGetDeviceProperties(&properties, i) != cudaSuccess || cudaSetDevice(i) != cudaSuccess ||
        cudaMemGetInfo(&free_bytes, &total_bytes) != cudaSuccess) {
      cudaGetLastError();
      continue;
    }
    devices.push_back({.index = i,
                       .name = properties.name,
                       .uuid = uuid_text(properties.uuid),
                       .compute_major = properties.major,
                       .compute_minor = properties.minor,
                       .total_bytes = static_cast<std::int64_t>(total_bytes),
                       .free_bytes = static_cast<std::int64_t>(free_bytes)});
  }
  return devices;
}

std::string cuda_version() {
  return std::to_string(CUDART_VERSION / 1000) + "." + std::to_string(CUDART_VERSION % 1000 / 10);
}

#else

std::vector<DeviceInfo> list_devices() { return {}; }

std::string cuda_version() { return "none"; }

#endif

}  // namespace bramble
