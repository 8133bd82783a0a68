#include "kernels/core/exec.hpp"

#include "kernels/core/cuda_check.hpp"
#include "kernels/core/error.hpp"

namespace bramble {

#if defined(__CUDACC__)

void synchronize(const Exec& exec) {
  if (exec.backend == Backend::cuda) {
    BRAMBLE_CUDA_CHECK(cudaStreamSynchronize(static_cast<cudaStream_t>(exec.stream)));
  }
}

void StreamTraits::close(value_type stream) noexcept {
  cudaStreamDestroy(static_cast<cudaStream_t>(stream));
}

Stream make_stream(int device_index) {
  BRAMBLE_CUDA_CHECK(cudaSetDevice(device_index));
  cudaStream_t stream = nullptr;
  BRAMBLE_CUDA_CHECK(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking));
  return Stream(stream);
}

#else

void synchronize(const Exec&) {}

void StreamTraits::close(value_type) noexcept {}

Stream make_stream(int) {
  throw DeviceError("this program was built without CUDA; run with --device cpu");
}

#endif

}  // namespace bramble
