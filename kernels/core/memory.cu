#include "kernels/core/memory.hpp"

#include "kernels/core/cuda_check.hpp"

#include <sys/mman.h>

#include <cstdlib>
#include <cstring>
#include <string>

namespace bramble {

namespace {

constexpr std::size_t host_alignment_bytes = 64;
// Volumes ask for huge pages: their first touch costs a fraction of the page faults, and walks
// across planes miss the TLB less.
constexpr std::size_t huge_page_bytes = std::size_t{1} << 21;
constexpr std::size_t huge_pages_from_bytes = 4 * huge_page_bytes;

}  // namespace

void HostBytesTraits::close(value_type bytes) noexcept { std::free(bytes); }

#if defined(__CUDACC__)

void DeviceBytesTraits::close(value_type bytes) noexcept { cudaFree(bytes); }

namespace {

void* allocate_device(std::size_t num_bytes) {
  void* bytes = nullptr;
  BRAMBLE_CUDA_CHECK(cudaMalloc(&bytes, num_bytes));
  return bytes;
}

}  // namespace

void copy_bytes(const Exec& exec, const void* from, MemorySpace from_space, void* to,
                MemorySpace to_space, std::size_t num_bytes) {
  if (num_bytes == 0) {
    return;
  }
  if (from_space == MemorySpace::host && to_space == MemorySpace::host) {
    std::memcpy(to, from, num_bytes);
    return;
  }
  BRAMBLE_CUDA_CHECK(cudaMemcpyAsync(to, from, num_bytes, cudaMemcpyDefault,
                                     static_cast<cudaStream_t>(exec.stream)));
  if (to_space == MemorySpace::host) {
    synchronize(exec);
  }
}

void fill_bytes(const Exec& exec, void* bytes, int value, std::size_t num_bytes) {
  if (num_bytes == 0) {
    return;
  }
  if (exec.backend == Backend::cuda) {
    BRAMBLE_CUDA_CHECK(
        cudaMemsetAsync(bytes, value, num_bytes, static_cast<cudaStream_t>(exec.stream)));
  } else {
    std::memset(bytes, value, num_bytes);
  }
}

#else

void DeviceBytesTraits::close(value_type) noexcept {}

namespace {

void* allocate_device(std::size_t) {
  throw DeviceError("this program was built without CUDA: there is no device memory");
}

}  // namespace

void copy_bytes(const Exec&, const void* from, MemorySpace, void* to, MemorySpace,
                std::size_t num_bytes) {
  if (num_bytes != 0) {
    std::memcpy(to, from, num_bytes);
  }
}

void fill_bytes(const Exec&, void* bytes, int value, std::size_t num_bytes) {
  if (num_bytes != 0) {
    std::memset(bytes, value, num_bytes);
  }
}

#endif

Allocation::Allocation(MemorySpace space, std::size_t num_bytes)
    : space_(space), num_bytes_(num_bytes) {
  if (num_bytes == 0) {
    return;
  }
  if (space == MemorySpace::device) {
    device_.reset(allocate_device(num_bytes));
    return;
  }
  const bool is_large = num_bytes >= huge_pages_from_bytes;
  const std::size_t alignment = is_large ? huge_page_bytes : host_alignment_bytes;
  const std::size_t rounded = (num_bytes + alignment - 1) / alignment * alignment;
  host_.reset(std::aligned_alloc(alignment, rounded));
  if (!host_) {
    throw ResourceError("no host memory for " + std::to_string(num_bytes) +
                        " bytes; use fewer ranks per node or smaller tiles");
  }
  if (is_large) {
    // A wish: where the kernel does not grant it, pages are small.
    static_cast<void>(madvise(host_.get(), rounded, MADV_HUGEPAGE));
  }
}

}  // namespace bramble
