#pragma once

#include "kernels/core/handle.hpp"

namespace bramble {

// Where the voxels of a volume lie.
enum class MemorySpace { host, device };

// Who computes.
enum class Backend { cpu, cuda };

// Says where an operation runs: on the CPU with OpenMP, or on the current CUDA device in one
// stream. A small value, first parameter of every kernel; on CUDA the call returns before the work
// is done, unless it returns a number.
struct Exec {
  Backend backend = Backend::cpu;
  void* stream = nullptr;  // a cudaStream_t; unused on the CPU

  MemorySpace space() const noexcept {
    return backend == Backend::cuda ? MemorySpace::device : MemorySpace::host;
  }
};

inline constexpr Exec cpu_exec{};

// Waits until all work given to `exec` is done; throws DeviceError when any of it failed.
void synchronize(const Exec& exec);

struct StreamTraits {
  using value_type = void*;
  static value_type null() noexcept { return nullptr; }
  static void close(value_type stream) noexcept;
};
// A CUDA stream; empty in a CPU-only build.
using Stream = UniqueHandle<StreamTraits>;

// Selects the device for this thread and makes a stream on it. Throws DeviceError without CUDA or
// without that device.
Stream make_stream(int device_index);

inline Exec cuda_exec(const Stream& stream) noexcept { return {Backend::cuda, stream.get()}; }

}  // namespace bramble
