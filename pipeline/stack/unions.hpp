#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace bramble {

// Which of the things 0, 1, 2, ... hang together. Each set goes by its first member.
class Unions {
 public:
  explicit Unions(std::size_t size) : link_(size) { std::iota(link_.begin(), link_.end(), 0); }

  int first_of(int item) const {
    while (link_[static_cast<std::size_t>(item)] != item) {
      item = link_[static_cast<std::size_t>(item)];
    }
    return item;
  }

  // False when they already do.
  bool join(int a, int b) {
    const int first_a = first_of(a);
    const int first_b = first_of(b);
    link_[static_cast<std::size_t>(std::max(first_a, first_b))] = std::min(first_a, first_b);
    return first_a != first_b;
  }

 private:
  std::vector<int> link_;
};

}  // namespace bramble
