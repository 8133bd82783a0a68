#include "pipeline/field/session_alignment.hpp"

#include "pipeline/field/aligned_shaft.hpp"
#include "tests/pipeline/field/synthetic_field.hpp"

#include <gtest/gtest.h>
#include <omp.h>

namespace bramble {
namespace {

constexpr TrueDendrite dendrite{.start = {10, 15, 10}, .length_um = 50};

StackResult session_of(const View& view, float snr) {
  SyntheticSession session("ses-1", 1);
  session.add(dendrite, random_spines(1, dendrite.length_um), view);
  session.stack().dendrites[0].snr = snr;
  return std::move(session.finish());
}

TEST(SessionAlignment, reference_is_the_session_with_the_most_signal) {
  const StackResult dim = session_of({}, 5);
  const StackResult bright = session_of({}, 15);
  const StackResult short_and_bright = session_of({.traced_to_um = 10}, 20);
  const StackResult unknown = session_of({}, std::numeric_limits<float>::quiet_NaN());

  EXPECT_EQ(choose_reference({&dim, &bright, &short_and_bright}), 1);
  EXPECT_EQ(choose_reference({&bright, &dim, &bright}), 0);
  EXPECT_EQ(choose_reference({&unknown, &dim}), 1);
  EXPECT_EQ(choose_reference({&unknown}), 0);
}

TEST(SessionAlignment, works_from_centrelines_where_there_are_no_volumes) {
  StackResult first = session_of({}, 10);
  StackResult second = session_of({.shift = {1, -1.5, 1}}, 9);
  first.alignment = Volume<float>();

  const std::vector<SessionAlignment> alignments = align_sessions({&first, &second}, 0);

  EXPECT_NEAR(alignments[1].transform.shift().z_um, 1, 0.1);
  EXPECT_NEAR(alignments[1].transform.shift().y_um, -1.5, 0.1);
  EXPECT_NEAR(alignments[1].transform.shift().x_um, 1, 0.3);
  EXPECT_EQ(alignments[1].correlation, 0);
}

// An image that says nothing of the shift: the centrelines say it.
TEST(SessionAlignment, misleading_volume_is_overruled_by_the_centrelines) {
  const StackResult first = session_of({}, 10);
  StackResult second = session_of({.shift = {1, -1, 0}}, 9);
  const StackResult elsewhere = session_of({.shift = {6, 12, 0}}, 9);
  copy(cpu_exec, elsewhere.alignment, second.alignment);

  const std::vector<SessionAlignment> alignments = align_sessions({&first, &second}, 0);

  EXPECT_NEAR(alignments[1].transform.shift().z_um, 1, 0.2);
  EXPECT_NEAR(alignments[1].transform.shift().y_um, -1, 0.2);
}

TEST(SessionAlignment, does_not_depend_on_the_number_of_threads) {
  const StackResult first = session_of({}, 10);
  const StackResult second = session_of({.shift = {1.3, -2.2, 1.7}}, 9);
  const int threads_before = omp_get_max_threads();

  omp_set_num_threads(1);
  const SessionAlignment one = align_sessions({&first, &second}, 0)[1];
  omp_set_num_threads(3);
  const SessionAlignment three = align_sessions({&first, &second}, 0)[1];
  omp_set_num_threads(threads_before);

  EXPECT_EQ(one.transform.shift(), three.transform.shift());
  EXPECT_EQ(one.transform.gradient().of_x, three.transform.gradient().of_x);
  EXPECT_EQ(one.correlation, three.correlation);
}

AlignedShaft with_residuals(std::vector<double> residuals_um) {
  AlignedShaft shaft;
  ShaftSession& session = shaft.sessions.emplace_back();
  session.alignment.residuals_um = std::move(residuals_um);
  return shaft;
}

TEST(LinkGates, follow_the_spread_of_the_alignment) {
  const std::vector<double> close{0.2, -0.2, 0.2, -0.2, 0.2, -0.2, 0.2, -0.2, 0.2, -3};
  const std::vector<double> loose(12, 0.5);

  const LinkGates narrow = link_gates({with_residuals(close)}, 0);
  const LinkGates wide = link_gates({with_residuals(loose)}, 0);

  EXPECT_NEAR(narrow.gate_um, 0.7 + 3 * 0.2 / 1.2816, 1e-9);
  EXPECT_NEAR(narrow.support_gate_um, 3 * 0.2 / 1.2816, 1e-9);
  EXPECT_EQ(wide.gate_um, 1.5);
  EXPECT_EQ(wide.support_gate_um, 0.7);
}

TEST(LinkGates, are_fixed_with_few_pairs_and_as_chosen) {
  const LinkGates few = link_gates({with_residuals({0.1, 0.2})}, 0);
  const LinkGates chosen = link_gates({with_residuals({0.1, 0.2})}, 0.4);

  EXPECT_EQ(few.gate_um, 1.0);
  EXPECT_EQ(few.support_gate_um, 0.5);
  EXPECT_EQ(chosen.gate_um, 0.4);
  EXPECT_EQ(chosen.support_gate_um, 0.4);
}

}  // namespace
}  // namespace bramble
