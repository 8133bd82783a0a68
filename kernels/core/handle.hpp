#pragma once

#include <utility>

namespace bramble {

// Owns one handle of a foreign library. Traits: `value_type`, `static value_type null() noexcept`,
// `static void close(value_type) noexcept`. Move-only and of the size of the raw handle; each alias
// lives with its library.
template <class Traits>
class UniqueHandle {
 public:
  using value_type = typename Traits::value_type;

  UniqueHandle() noexcept = default;
  explicit UniqueHandle(value_type raw) noexcept : raw_(raw) {}
  UniqueHandle(UniqueHandle&& other) noexcept : raw_(other.release()) {}
  UniqueHandle& operator=(UniqueHandle&& other) noexcept {
    if (this != &other) {
      reset(other.release());
    }
    return *this;
  }
  UniqueHandle(const UniqueHandle&) = delete;
  UniqueHandle& operator=(const UniqueHandle&) = delete;
  ~UniqueHandle() { reset(); }

  value_type get() const noexcept { return raw_; }
  explicit operator bool() const noexcept { return raw_ != Traits::null(); }
  value_type release() noexcept { return std::exchange(raw_, Traits::null()); }
  void reset(value_type raw = Traits::null()) noexcept {
    if (raw_ != Traits::null()) {
      Traits::close(raw_);
    }
    raw_ = raw;
  }

 private:
  value_type raw_ = Traits::null();
};

}  // namespace bramble
