#pragma once

#include "kernels/core/error.hpp"
#include "kernels/core/exec.hpp"
#include "kernels/core/handle.hpp"

#include <cstddef>
#include <cstdint>

namespace bramble {

struct HostBytesTraits {
  using value_type = void*;
  static value_type null() noexcept { return nullptr; }
  static void close(value_type bytes) noexcept;
};
struct DeviceBytesTraits {
  using value_type = void*;
  static value_type null() noexcept { return nullptr; }
  static void close(value_type bytes) noexcept;
};

// A block of bytes in host memory (64-byte aligned) or device memory. Move-only. Contents are not
// initialised.
class Allocation {
 public:
  Allocation() = default;
  // Throws ResourceError with the size when the memory is not to be had.
  Allocation(MemorySpace space, std::size_t num_bytes);

  void* data() const noexcept { return space_ == MemorySpace::host ? host_.get() : device_.get(); }
  std::size_t num_bytes() const noexcept { return num_bytes_; }
  MemorySpace space() const noexcept { return space_; }

 private:
  MemorySpace space_ = MemorySpace::host;
  std::size_t num_bytes_ = 0;
  UniqueHandle<HostBytesTraits> host_;
  UniqueHandle<DeviceBytesTraits> device_;
};

// Copies between any two spaces, in the order of `exec`'s stream. A copy that ends on the host is
// finished on return.
void copy_bytes(const Exec& exec, const void* from, MemorySpace from_space, void* to,
                MemorySpace to_space, std::size_t num_bytes);

// Sets every byte, in the order of `exec`'s stream.
void fill_bytes(const Exec& exec, void* bytes, int value, std::size_t num_bytes);

// A 1-D array in one memory space that keeps its memory when it shrinks or regrows. Move-only.
template <class T>
class Array {
 public:
  explicit Array(MemorySpace space = MemorySpace::host) : space_(space) {}
  Array(MemorySpace space, std::int64_t size) : space_(space) { resize(size); }

  // Contents are lost. Allocates only when the array has never been this large.
  void resize(std::int64_t size) {
    require(size >= 0, "negative array size");
    const std::size_t num_bytes = static_cast<std::size_t>(size) * sizeof(T);
    if (num_bytes > memory_.num_bytes()) {
      memory_ = Allocation();
      memory_ = Allocation(space_, num_bytes);
    }
    size_ = size;
  }

  T* data() noexcept { return static_cast<T*>(memory_.data()); }
  const T* data() const noexcept { return static_cast<const T*>(memory_.data()); }
  std::int64_t size() const noexcept { return size_; }
  MemorySpace space() const noexcept { return space_; }
  // Host arrays only.
  T& operator[](std::int64_t i) noexcept { return data()[i]; }
  const T& operator[](std::int64_t i) const noexcept { return data()[i]; }
  T* begin() noexcept { return data(); }
  T* end() noexcept { return data() + size_; }
  const T* begin() const noexcept { return data(); }
  const T* end() const noexcept { return data() + size_; }

 private:
  MemorySpace space_;
  std::int64_t size_ = 0;
  Allocation memory_;
};

// Copies all of `from`; `to` takes its size.
template <class T>
void copy(const Exec& exec, const Array<T>& from, Array<T>& to) {
  to.resize(from.size());
  copy_bytes(exec, from.data(), from.space(), to.data(), to.space(),
             static_cast<std::size_t>(from.size()) * sizeof(T));
}

}  // namespace bramble
