#include "kernels/core/compact.hpp"

#include "kernels/core/host_device.hpp"
#include "kernels/core/thrust_policy.hpp"

#include <thrust/copy.h>
#include <thrust/count.h>
#include <thrust/iterator/counting_iterator.h>

namespace bramble {

namespace {

struct IsSet {
  BRAMBLE_HD bool operator()(std::uint8_t flag) const noexcept { return flag != 0; }
};

}  // namespace

std::int64_t compact_indices(const Exec& exec, const std::uint8_t* flags, std::int64_t n,
                             std::int64_t* indices) {
  return compact_indices(exec, flags, 0, n, indices);
}

void compact_indices(const Exec& exec, const std::uint8_t* flags, std::int64_t n,
                     Array<std::int64_t>& indices) {
  indices.resize(with_thrust_policy(exec, n, [&](const auto& policy) {
    return static_cast<std::int64_t>(thrust::count_if(policy, flags, flags + n, IsSet{}));
  }));
  compact_indices(exec, flags, n, indices.data());
}

std::int64_t compact_indices(const Exec& exec, const std::uint8_t* flags, std::int64_t begin,
                             std::int64_t end, std::int64_t* indices) {
  return with_thrust_policy(exec, end - begin, [&](const auto& policy) {
    const thrust::counting_iterator<std::int64_t> first(begin);
    const auto last =
        thrust::copy_if(policy, first, first + (end - begin), flags + begin, indices, IsSet{});
    return static_cast<std::int64_t>(last - indices);
  });
}

}  // namespace bramble
