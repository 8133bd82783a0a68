#pragma once

// The execution policy that Thrust gets for an Exec. Included by reduce.cu, scan.cu, sort.cu and
// compact.cu only.
#include "kernels/core/exec.hpp"

#include <thrust/execution_policy.h>
#include <thrust/system/omp/execution_policy.h>

#include <cstdint>

#if defined(__CUDACC__)
#include <thrust/system/cuda/execution_policy.h>
#endif

namespace bramble {

// Calls body(policy) with the policy of `exec` for n elements and returns what it returns. Short
// arrays run on one CPU thread: a parallel region costs more than they do. Every body gives the
// same result under every policy.
template <class Body>
auto with_thrust_policy(const Exec& exec, std::int64_t n, const Body& body) {
#if defined(__CUDACC__)
  if (exec.backend == Backend::cuda) {
    return body(thrust::cuda::par.on(static_cast<cudaStream_t>(exec.stream)));
  }
#endif
  static_cast<void>(exec);
  constexpr std::int64_t serial_below = 1 << 20;
  if (n < serial_below) {
    return body(thrust::seq);
  }
  return body(thrust::omp::par);
}

}  // namespace bramble
