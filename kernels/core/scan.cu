#include "kernels/core/scan.hpp"

#include "kernels/core/thrust_policy.hpp"

#include <thrust/scan.h>

namespace bramble {

void exclusive_scan(const Exec& exec, const std::int32_t* values, std::int64_t n,
                    std::int32_t* sums) {
  with_thrust_policy(exec, n, [&](const auto& policy) {
    return thrust::exclusive_scan(policy, values, values + n, sums);
  });
}

}  // namespace bramble
