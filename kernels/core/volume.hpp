#pragma once

#include "kernels/core/geometry.hpp"
#include "kernels/core/memory.hpp"

#include <cassert>
#include <concepts>
#include <type_traits>

namespace bramble {

// A window on the voxels of a volume that somebody else owns: contiguous, x fastest. Passed by
// value, also to kernels. VolumeView<const T> is the read-only form.
template <class T>
struct VolumeView {
  T* data = nullptr;
  Extent extent;
  Spacing spacing;

  VolumeView() = default;
  BRAMBLE_HD VolumeView(T* voxels, Extent size, Spacing pitch) noexcept
      : data(voxels), extent(size), spacing(pitch) {}
  template <class U>
  requires(std::same_as<T, const U>) BRAMBLE_HD VolumeView(VolumeView<U> other)
  noexcept : data(other.data), extent(other.extent), spacing(other.spacing) {}

  BRAMBLE_HD T& operator()(Voxel v) const noexcept {
    assert(extent.contains(v));
    return data[extent.index(v)];
  }
  BRAMBLE_HD T& operator()(int z, int y, int x) const noexcept { return (*this)(Voxel{z, y, x}); }
};

// Owns the voxels of a volume in one memory space, and keeps its memory when it is given another
// shape. Move-only.
template <class T>
class Volume {
 public:
  explicit Volume(MemorySpace space = MemorySpace::host) : voxels_(space) {}
  Volume(MemorySpace space, Extent extent, Spacing spacing) : voxels_(space) {
    reshape(extent, spacing);
  }

  // Contents are lost. Allocates only when the volume has never been this large.
  void reshape(Extent extent, Spacing spacing) {
    require(extent.z >= 0 && extent.y >= 0 && extent.x >= 0, "negative extent");
    voxels_.resize(extent.num_voxels());
    extent_ = extent;
    spacing_ = spacing;
  }

  VolumeView<T> view() noexcept { return {voxels_.data(), extent_, spacing_}; }
  VolumeView<const T> view() const noexcept { return {voxels_.data(), extent_, spacing_}; }
  Extent extent() const noexcept { return extent_; }
  Spacing spacing() const noexcept { return spacing_; }
  MemorySpace space() const noexcept { return voxels_.space(); }
  Array<T>& voxels() noexcept { return voxels_; }
  const Array<T>& voxels() const noexcept { return voxels_; }

 private:
  Extent extent_;
  Spacing spacing_;
  Array<T> voxels_;
};

// Copies voxels, shape and spacing between any two spaces.
template <class T>
void copy(const Exec& exec, const Volume<T>& from, Volume<T>& to) {
  to.reshape(from.extent(), from.spacing());
  copy(exec, from.voxels(), to.voxels());
}

}  // namespace bramble
