#pragma once

// Included by .cu files only. Every CUDA call is checked: the sticky error is cleared, then thrown
// with its call.
#if defined(__CUDACC__)

#include "kernels/core/error.hpp"

#include <cuda_runtime.h>

#include <string>

namespace bramble {

inline void check_cuda(cudaError_t status, const char* call) {
  if (status == cudaSuccess) {
    return;
  }
  cudaGetLastError();
  const std::string what = std::string(call) + " failed: " + cudaGetErrorName(status) + " (" +
                           cudaGetErrorString(status) + ")";
  if (status == cudaErrorMemoryAllocation) {
    throw ResourceError(what + "; use smaller tiles or a device with more memory");
  }
  throw DeviceError(what);
}

}  // namespace bramble

#define BRAMBLE_CUDA_CHECK(call) ::bramble::check_cuda((call), #call)

#endif
