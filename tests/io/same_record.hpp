#pragma once

#include "io/record_members.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <type_traits>
#include <vector>

namespace bramble {

// Compares records member by member, bit by bit: NaN equals NaN. Says the path of the first member
// that differs.
class SameRecord {
 public:
  template <class Record>
  static testing::AssertionResult check(const Record& a, const Record& b) {
    std::string difference;
    compare(a, b, "", difference);
    return difference.empty() ? testing::AssertionSuccess()
                              : testing::AssertionFailure() << difference << " differs";
  }

 private:
  template <class Record>
  struct Members {
    const Record& a;
    const Record& b;
    const std::string& path;
    std::string& difference;

    template <class Member>
    void add(const std::string& name, Member member) {
      compare(a.*member, b.*member, path + "/" + name, difference);
    }
  };

  template <class T>
  static void compare(const std::vector<T>& a, const std::vector<T>& b, const std::string& path,
                      std::string& difference) {
    if (a.size() != b.size()) {
      difference = path + " (size)";
      return;
    }
    for (std::size_t i = 0; i < a.size(); ++i) {
      compare(a[i], b[i], path + "[" + std::to_string(i) + "]", difference);
    }
  }

  static void compare(const Volume<float>& a, const Volume<float>& b, const std::string& path,
                      std::string& difference) {
    const bool same = a.extent() == b.extent() && a.spacing() == b.spacing() &&
                      std::equal(a.voxels().begin(), a.voxels().end(), b.voxels().begin());
    difference = same ? difference : path;
  }

  static void compare(const FieldSpine& a, const FieldSpine& b, const std::string& path,
                      std::string& difference) {
    const bool same = a.dendrite_id == b.dendrite_id && a.spine_id == b.spine_id &&
                      a.session == b.session && a.state == b.state &&
                      a.stack_spine == b.stack_spine;
    difference = same ? difference : path;
    compare(a.spine, b.spine, path + "/spine", difference);
  }

  static void compare(const FieldSession& a, const FieldSession& b, const std::string& path,
                      std::string& difference) {
    const bool same = a.stack_result_sha256 == b.stack_result_sha256 && a.shift == b.shift &&
                      a.alignment_score == b.alignment_score;
    difference = same ? difference : path;
    compare(a.identity, b.identity, path + "/identity", difference);
  }

  template <class T>
  static void compare(const T& a, const T& b, const std::string& path, std::string& difference) {
    if constexpr (std::is_floating_point_v<T>) {
      difference = std::memcmp(&a, &b, sizeof a) == 0 ? difference : path;
    } else if constexpr (requires { a == b; }) {
      difference = a == b ? difference : path;
    } else {
      Members<T> members{a, b, path, difference};
      describe(members, std::type_identity<T>{});
    }
  }
};

}  // namespace bramble
