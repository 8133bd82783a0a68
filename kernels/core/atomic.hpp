#pragma once

#include "kernels/core/host_device.hpp"

#include <cstdint>

// Atomic operations on plain integers in host or device memory, without ordering: each of them is
// one indivisible access, and nothing else is promised. Enough where the result does not depend on
// the order of the accesses; every use says in one sentence why it does not.
namespace bramble {

template <class T>
BRAMBLE_HD T atomic_load(const T* address) noexcept {
#if defined(__CUDA_ARCH__)
  return *static_cast<const volatile T*>(address);
#else
  return __atomic_load_n(address, __ATOMIC_RELAXED);
#endif
}

template <class T>
BRAMBLE_HD void atomic_store(T* address, T value) noexcept {
#if defined(__CUDA_ARCH__)
  *static_cast<volatile T*>(address) = value;
#else
  __atomic_store_n(address, value, __ATOMIC_RELAXED);
#endif
}

// Writes `desired` when the value is `expected`; returns the value found, so success is `found ==
// expected`.
BRAMBLE_HD inline std::int32_t atomic_compare_exchange(std::int32_t* address, std::int32_t expected,
                                                       std::int32_t desired) noexcept {
#if defined(__CUDA_ARCH__)
  return atomicCAS(address, expected, desired);
#else
  __atomic_compare_exchange_n(address, &expected, desired, false, __ATOMIC_RELAXED,
                              __ATOMIC_RELAXED);
  return expected;
#endif
}

BRAMBLE_HD inline void atomic_add(std::int64_t* address, std::int64_t value) noexcept {
#if defined(__CUDA_ARCH__)
  atomicAdd(reinterpret_cast<unsigned long long*>(address), static_cast<unsigned long long>(value));
#else
  __atomic_fetch_add(address, value, __ATOMIC_RELAXED);
#endif
}

}  // namespace bramble
