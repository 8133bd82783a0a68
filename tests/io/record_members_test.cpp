#include "io/record_members.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace bramble {
namespace {

// Turns into whatever a member needs.
struct Anything {
  template <class T>
  operator T() const;
};

template <class Record, std::size_t... Indices>
consteval bool is_made_of(std::index_sequence<Indices...>) {
  return requires { Record{(static_cast<void>(Indices), Anything{})...}; };
}

// How many members an aggregate has: the most values that it can be made of.
template <class Record, std::size_t most = 32>
consteval int num_members() {
  if constexpr (is_made_of<Record>(std::make_index_sequence<most>{})) {
    return most;
  } else {
    return num_members<Record, most - 1>();
  }
}

struct Counter {
  int count = 0;
  template <class Member>
  void add(const std::string&, Member) {
    ++count;
  }
};

template <class Record>
int num_described() {
  Counter counter;
  describe(counter, std::type_identity<Record>{});
  return counter.count;
}

// A new member of a record that is not listed would be lost in every file without a word.
TEST(RecordMembers, every_member_of_every_record_is_listed) {
  EXPECT_EQ(num_described<StackIdentity>(), num_members<StackIdentity>());
  EXPECT_EQ(num_described<Calibration>(), num_members<Calibration>());
  EXPECT_EQ(num_described<ConditionTrial>(), num_members<ConditionTrial>());
  EXPECT_EQ(num_described<Restoration>(), num_members<Restoration>());
  EXPECT_EQ(num_described<Provenance>(), num_members<Provenance>());
  EXPECT_EQ(num_described<StackQuality>(), num_members<StackQuality>());
  EXPECT_EQ(num_described<Dendrite>(), num_members<Dendrite>());
  EXPECT_EQ(num_described<Spine>(), num_members<Spine>());
  EXPECT_EQ(num_described<FieldDendrite>(), num_members<FieldDendrite>());
  EXPECT_EQ(num_described<FieldResult>(), num_members<FieldResult>());
  EXPECT_EQ(num_described<StackResult>(), num_members<StackResult>());
  EXPECT_EQ(num_described<Acquisition>(), num_members<Acquisition>());
  EXPECT_EQ(num_described<ManifestEntry>(), num_members<ManifestEntry>());
  EXPECT_EQ(num_described<ManifestField>(), num_members<ManifestField>());
  EXPECT_EQ(num_described<Manifest>(), num_members<Manifest>());
}

TEST(RecordMembers, parts_of_a_row_are_listed_with_it) {
  const int identity = num_members<StackIdentity>();
  const int spine = num_members<Spine>();

  EXPECT_EQ(num_described<FieldSession>(), num_members<FieldSession>() - 1 + identity);
  EXPECT_EQ(num_described<FieldSpine>(), num_members<FieldSpine>() - 1 + spine);
}

}  // namespace
}  // namespace bramble
