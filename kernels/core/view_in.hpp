#pragma once

#include "kernels/core/volume.hpp"

#include <utility>

namespace bramble {

// The volume as `space` can read it: itself when it lies there, else a copy in `buffer` (of that
// space), which must outlive the view.
template <class T>
VolumeView<const T> view_in(const Exec& exec, MemorySpace space, const Volume<T>& volume,
                            Volume<T>& buffer) {
  if (volume.space() == space) {
    return volume.view();
  }
  copy(exec, volume, buffer);
  return std::as_const(buffer).view();
}

}  // namespace bramble
