#pragma once

#include "kernels/core/volume.hpp"

#include <concepts>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <variant>

namespace bramble {

// What a voxel of a recorded stack may be.
template <class T>
concept CountType =
    std::same_as<T, float> || std::same_as<T, std::uint16_t> || std::same_as<T, std::int16_t>;

// A window on the counts of a stack in the type they were recorded in, so that 16 bits stay 16 bits
// wherever they are kept, copied and read. Whoever reads a count makes it a float first: the same
// counts give the same bits in every type. Passed by value; kernels take the view that visit()
// gives.
class CountsView {
 public:
  template <class T>
  requires(CountType<std::remove_const_t<T>>) CountsView(VolumeView<T> counts)
  noexcept
      : extent(counts.extent),
        spacing(counts.spacing),
        voxels_(VolumeView<const std::remove_const_t<T>>(counts)) {}

  Extent extent;
  Spacing spacing;

  // body(view), a VolumeView<const float>, <const std::uint16_t> or <const std::int16_t>.
  template <class Body>
  decltype(auto) visit(const Body& body) const {
    return std::visit(body, voxels_);
  }

 private:
  std::variant<VolumeView<const float>, VolumeView<const std::uint16_t>,
               VolumeView<const std::int16_t>>
      voxels_;
};

// Owns such counts.
using Counts = std::variant<Volume<float>, Volume<std::uint16_t>, Volume<std::int16_t>>;

inline CountsView view_of(const Counts& counts) {
  return std::visit([](const auto& volume) { return CountsView(volume.view()); }, counts);
}

// The counts, which lie on the host, as `exec` can read them: themselves, or a copy in `buffer`,
// which must outlive the view and keeps its memory as long as the type stays.
inline CountsView counts_in(const Exec& exec, CountsView counts, Counts& buffer) {
  if (exec.space() == MemorySpace::host) {
    return counts;
  }
  return counts.visit([&]<class T>(VolumeView<const T> from) {
    auto* to = std::get_if<Volume<T>>(&buffer);
    if (to == nullptr || to->space() != exec.space()) {
      to = &buffer.template emplace<Volume<T>>(exec.space());
    }
    to->reshape(from.extent, from.spacing);
    copy_bytes(exec, from.data, MemorySpace::host, to->view().data, exec.space(),
               static_cast<std::size_t>(from.extent.num_voxels()) * sizeof(T));
    return CountsView(to->view());
  });
}

}  // namespace bramble
