#pragma once

// Threads that walk along an axis. Only .cu files include this, as for_each_voxel.hpp.
#include "kernels/core/error.hpp"
#include "kernels/core/for_each_voxel.hpp"

#include <algorithm>
#include <cstddef>
#include <type_traits>

namespace bramble {

namespace detail {

// Walks side by side share a block; each has `num_floats` of its shared memory, its values a block
// apart, so that neighbouring threads use neighbouring banks and none waits for another.
constexpr int most_walks_per_block = 128;
constexpr int walks_per_warp = 32;
constexpr int shared_bytes_per_block = 48 * 1024;

#if defined(__CUDACC__)

template <class F>
__global__ void for_each_walk_kernel(Extent walks, const __grid_constant__ F functor) {
  extern __shared__ float walk_scratch[];
  const int x = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  if (x >= walks.x) {
    return;
  }
  for (int z = static_cast<int>(blockIdx.z); z < walks.z; z += static_cast<int>(gridDim.z)) {
    for (int y = static_cast<int>(blockIdx.y); y < walks.y; y += static_cast<int>(gridDim.y)) {
      functor(Voxel{z, y, x}, walk_scratch + threadIdx.x, static_cast<int>(blockDim.x));
    }
  }
}

#endif

}  // namespace detail

// Calls functor(Voxel walk, float* scratch, int stride) on the GPU for every walk of `walks`, in no
// particular order. A walk owns scratch[i * stride] for i < num_floats in shared memory, not
// initialised. The CPU, which takes whole rows at a time, has no such loop: DeviceError there, and
// InvalidArgument for more than 384 floats.
// F: as for for_each_voxel, with every voxel that is written on one walk only.
template <class F>
void for_each_walk(const Exec& exec, Extent walks, int num_floats, const F& functor) {
  static_assert(std::is_trivially_copyable_v<F>);
  const int bytes_per_walk = std::max(1, num_floats) * static_cast<int>(sizeof(float));
  const int fitting = detail::shared_bytes_per_block / bytes_per_walk;
  require(fitting >= detail::walks_per_warp, "a walk that needs more shared memory than there is");
  if (exec.backend == Backend::cpu) {
    throw DeviceError("walks along an axis run on a GPU only");
  }
  if (walks.num_voxels() == 0) {
    return;
  }
#if defined(__CUDACC__)
  const int threads = std::min(detail::most_walks_per_block,
                               fitting / detail::walks_per_warp * detail::walks_per_warp);
  const auto bounded = [](int n) {
    return static_cast<unsigned>(std::min(n, detail::max_grid_yz));
  };
  const dim3 grid(static_cast<unsigned>((walks.x + threads - 1) / threads), bounded(walks.y),
                  bounded(walks.z));
  const auto num_bytes =
      static_cast<std::size_t>(threads) * static_cast<std::size_t>(bytes_per_walk);
  detail::for_each_walk_kernel<<<grid, static_cast<unsigned>(threads), num_bytes,
                                 static_cast<cudaStream_t>(exec.stream)>>>(walks, functor);
  detail::check_launch(exec);
#else
  static_cast<void>(functor);
#endif
}

}  // namespace bramble
