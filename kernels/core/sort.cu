#include "kernels/core/sort.hpp"

#include "kernels/core/host_device.hpp"
#include "kernels/core/thrust_policy.hpp"

#include <thrust/sort.h>

namespace bramble {

namespace {

// Not thrust::less: with it the CPU backends of Thrust use their radix sort, which puts negative
// 32-bit keys behind all others (found in 1.17 and 3.0: RadixEncoder<int> in
// stable_radix_sort.inl).
struct IsBefore {
  BRAMBLE_HD bool operator()(std::int32_t a, std::int32_t b) const noexcept { return a < b; }
};

}  // namespace

void stable_sort_by_key(const Exec& exec, std::int32_t* keys, std::int64_t n,
                        std::int64_t* values) {
  with_thrust_policy(exec, n, [&](const auto& policy) {
    thrust::stable_sort_by_key(policy, keys, keys + n, values, IsBefore{});
    return 0;
  });
}

}  // namespace bramble
