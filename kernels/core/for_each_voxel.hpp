#pragma once

// The one loop of bramble: runs a functor for every voxel (or every index) on the CPU or on the
// GPU. Only .cu files include this: in a CUDA build a .cpp would get another body for the same
// template.
#if defined(BRAMBLE_HAVE_CUDA) && !defined(__CUDACC__)
#error "for_each_voxel.hpp belongs in .cu files"
#endif

#include "kernels/core/cuda_check.hpp"
#include "kernels/core/exec.hpp"
#include "kernels/core/geometry.hpp"

#include <cstdint>
#include <type_traits>

namespace bramble {

namespace detail {

// Shorter loops run on one CPU thread: a parallel region costs more than they do, and on a busy
// machine it waits for the other threads to get a core. On namespace level, because nvcc does not
// see that an OpenMP clause uses them.
constexpr std::int64_t serial_voxels_below = 32768;
constexpr std::int64_t serial_below = 4096;

}  // namespace detail

#if defined(__CUDACC__)

namespace detail {

constexpr int threads_x = 32;
constexpr int threads_y = 8;
constexpr int threads_1d = 256;
constexpr int max_grid_yz = 65535;

template <class F>
__global__ void for_each_voxel_kernel(Extent extent, F functor) {
  const int x = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  if (x >= extent.x) {
    return;
  }
  for (int z = static_cast<int>(blockIdx.z); z < extent.z; z += static_cast<int>(gridDim.z)) {
    for (int y = static_cast<int>(blockIdx.y * blockDim.y + threadIdx.y); y < extent.y;
         y += static_cast<int>(gridDim.y * blockDim.y)) {
      functor(Voxel{z, y, x});
    }
  }
}

template <class F>
__global__ void for_each_index_kernel(std::int64_t size, F functor) {
  const std::int64_t i = static_cast<std::int64_t>(blockIdx.x) * blockDim.x + threadIdx.x;
  if (i < size) {
    functor(i);
  }
}

inline void check_launch(const Exec& exec) {
  BRAMBLE_CUDA_CHECK(cudaGetLastError());
#if !defined(NDEBUG)
  synchronize(exec);
#else
  static_cast<void>(exec);
#endif
}

}  // namespace detail

#endif

// Calls functor(Voxel) once for every voxel of `extent`, in no particular order.
// F: public data, `void operator()(Voxel) const noexcept` marked BRAMBLE_HD, trivially copyable.
// One call writes its own voxel only, unless a comment in the functor explains the sharing.
template <class F>
void for_each_voxel(const Exec& exec, Extent extent, const F& functor) {
  static_assert(std::is_trivially_copyable_v<F>);
  if (extent.num_voxels() == 0) {
    return;
  }
#if defined(__CUDACC__)
  if (exec.backend == Backend::cuda) {
    const auto ceil_div = [](int a, int b) { return static_cast<unsigned>((a + b - 1) / b); };
    const unsigned rows = ceil_div(extent.y, detail::threads_y);
    const dim3 grid(
        ceil_div(extent.x, detail::threads_x),
        rows < detail::max_grid_yz ? rows : detail::max_grid_yz,
        static_cast<unsigned>(extent.z < detail::max_grid_yz ? extent.z : detail::max_grid_yz));
    detail::for_each_voxel_kernel<<<grid, dim3(detail::threads_x, detail::threads_y), 0,
                                    static_cast<cudaStream_t>(exec.stream)>>>(extent, functor);
    detail::check_launch(exec);
    return;
  }
#endif
  static_cast<void>(exec);
#pragma omp parallel for collapse(2) \
    schedule(static) if (extent.num_voxels() >= detail::serial_voxels_below)
  for (int z = 0; z < extent.z; ++z) {
    for (int y = 0; y < extent.y; ++y) {
      for (int x = 0; x < extent.x; ++x) {
        functor(Voxel{z, y, x});
      }
    }
  }
}

#if defined(__CUDACC__)

namespace detail {

template <class F>
struct RowPartOfOneVoxel {
  F functor;

  BRAMBLE_HD void operator()(Voxel v) const noexcept { functor(v, v.x + 1); }
};

}  // namespace detail

#endif

// Calls functor(Voxel first, int end_x) for parts [first.x, end_x) of rows that cover `extent`
// once: whole rows on the CPU, single voxels on the GPU. For operations whose loop over neighbours
// the CPU vectorises along x only when that loop is the outer one.
template <class F>
void for_each_row_part(const Exec& exec, Extent extent, const F& functor) {
#if defined(__CUDACC__)
  if (exec.backend == Backend::cuda) {
    for_each_voxel(exec, extent, detail::RowPartOfOneVoxel<F>{functor});
    return;
  }
#endif
  static_assert(std::is_trivially_copyable_v<F>);
  static_cast<void>(exec);
  if (extent.num_voxels() == 0) {
    return;
  }
#pragma omp parallel for collapse(2) \
    schedule(static) if (extent.num_voxels() >= detail::serial_voxels_below)
  for (int z = 0; z < extent.z; ++z) {
    for (int y = 0; y < extent.y; ++y) {
      functor(Voxel{z, y, 0}, extent.x);
    }
  }
}

// Calls functor(std::int64_t) once for every index in [0, size). Lists shorter than `serial_below`
// run on one CPU thread; a functor that does little for an index should ask for longer ones.
template <class F>
void for_each_index(const Exec& exec, std::int64_t size, const F& functor,
                    std::int64_t serial_below = detail::serial_below) {
  static_assert(std::is_trivially_copyable_v<F>);
  if (size <= 0) {
    return;
  }
#if defined(__CUDACC__)
  if (exec.backend == Backend::cuda) {
    const auto blocks = static_cast<unsigned>((size + detail::threads_1d - 1) / detail::threads_1d);
    detail::for_each_index_kernel<<<blocks, detail::threads_1d, 0,
                                    static_cast<cudaStream_t>(exec.stream)>>>(size, functor);
    detail::check_launch(exec);
    return;
  }
#endif
  static_cast<void>(exec);
#pragma omp parallel for schedule(static) if (size >= serial_below)
  for (std::int64_t i = 0; i < size; ++i) {
    functor(i);
  }
}

}  // namespace bramble
