#include "pipeline/field/aligned_shaft.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <tuple>

namespace bramble {

namespace {

constexpr double narrowest_gate_um = 0.7;
constexpr double widest_gate_um = 1.5;
constexpr double narrowest_support_um = 0.3;
constexpr double widest_support_um = 0.7;
constexpr std::size_t min_pairs = 10;
constexpr double deviations = 3.0;
// Of a normal distribution 80 % lies within 1.2816 standard deviations.
constexpr double quantile_frac = 0.8;
constexpr double sd_per_quantile = 1 / 1.2816;

std::vector<PlacedSpine> reported_spines(const std::vector<PlacedSpine>& spines, int shaft,
                                         int session, double report_probability) {
  std::vector<PlacedSpine> reported;
  for (const PlacedSpine& spine : spines) {
    if (spine.shaft == shaft && spine.session == session && spine.p_detect >= report_probability) {
      reported.push_back(spine);
    }
  }
  return reported;
}

std::size_t choose_frame(const std::vector<std::vector<PlacedSpine>>& reported, int reference) {
  std::size_t frame = 0;
  for (std::size_t session = 1; session < reported.size(); ++session) {
    const bool more = reported[session].size() > reported[frame].size();
    const bool as_many = reported[session].size() == reported[frame].size();
    if (more || (as_many && static_cast<int>(session) == reference)) {
      frame = session;
    }
  }
  return frame;
}

AlignedShaft align_shaft(const AlignedField& field, const std::vector<PlacedSpine>& spines,
                         int shaft, double report_probability) {
  const int num_sessions = static_cast<int>(field.stacks.size());
  std::vector<std::vector<PlacedSpine>> reported;
  for (int session = 0; session < num_sessions; ++session) {
    reported.push_back(reported_spines(spines, shaft, session, report_probability));
  }
  const std::size_t frame = choose_frame(reported, field.reference);
  AlignedShaft aligned;
  for (int session = 0; session < num_sessions; ++session) {
    const auto index = static_cast<std::size_t>(session);
    ShaftSession there{.shaft = shaft, .session = session};
    if (index != frame) {
      there.alignment = align_paths(reported[frame], reported[index]);
    }
    there.traced = trace_shaft(field, shaft, session, there.alignment.path);
    aligned.sessions.push_back(there);
  }
  for (const PlacedSpine& spine : spines) {
    if (spine.shaft == shaft) {
      aligned.spines.push_back(aligned_spine(
          spine, aligned.sessions[static_cast<std::size_t>(spine.session)].alignment));
    }
  }
  return aligned;
}

}  // namespace

std::vector<AlignedShaft> align_shafts(const AlignedField& field, double report_probability) {
  const std::vector<PlacedSpine> spines = place_spines(field);
  std::vector<AlignedShaft> shafts;
  for (int shaft = 0; shaft < static_cast<int>(field.shafts.lines.size()); ++shaft) {
    shafts.push_back(align_shaft(field, spines, shaft, report_probability));
  }
  return shafts;
}

LinkGates link_gates(const std::vector<AlignedShaft>& shafts, double chosen_um) {
  std::vector<double> deviations_um;
  for (const AlignedShaft& shaft : shafts) {
    for (const ShaftSession& session : shaft.sessions) {
      for (const double residual_um : session.alignment.residuals_um) {
        deviations_um.push_back(std::abs(residual_um));
      }
    }
  }
  LinkGates gates;
  if (deviations_um.size() >= min_pairs) {
    std::sort(deviations_um.begin(), deviations_um.end());
    const auto rank =
        static_cast<std::size_t>(quantile_frac * static_cast<double>(deviations_um.size() - 1));
    const double spread_um = deviations * sd_per_quantile * deviations_um[rank];
    gates.gate_um = std::min(narrowest_gate_um + spread_um, widest_gate_um);
    gates.support_gate_um = std::clamp(spread_um, narrowest_support_um, widest_support_um);
  }
  if (chosen_um > 0) {
    gates.gate_um = chosen_um;
    gates.support_gate_um = std::min(gates.support_gate_um, chosen_um);
  }
  return gates;
}

}  // namespace bramble
