#include "pipeline/field/field_shafts.hpp"

#include "pipeline/field/shaft_builder.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace bramble {

namespace {

constexpr double reference_advantage = 1.1;

struct Candidate {
  int session = 0;
  int dendrite = 0;
  double rank_um = 0;
  bool of_reference = false;
};

// Longest first; of equal ones those of the reference, then the earlier session and dendrite.
std::vector<Candidate> candidates_of(const std::vector<SessionLines>& sessions, int reference) {
  std::vector<Candidate> candidates;
  for (std::size_t session = 0; session < sessions.size(); ++session) {
    for (std::size_t dendrite = 0; dendrite < sessions[session].size(); ++dendrite) {
      const Centreline& line = sessions[session][dendrite];
      if (line.size() == 0) {
        continue;
      }
      const bool of_reference = static_cast<int>(session) == reference;
      candidates.push_back({.session = static_cast<int>(session),
                            .dendrite = static_cast<int>(dendrite),
                            .rank_um = line.length_um() * (of_reference ? reference_advantage : 1),
                            .of_reference = of_reference});
    }
  }
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::tuple(-a.rank_um, !a.of_reference, a.session, a.dendrite) <
           std::tuple(-b.rank_um, !b.of_reference, b.session, b.dendrite);
  });
  return candidates;
}

// The shafts' numbers in the order of their ids.
std::vector<int> id_order(const std::vector<Centreline>& lines,
                          const std::vector<ShaftStretch>& stretches, int num_sessions,
                          int reference) {
  // The reference session counts as the first.
  const auto rank_of = [reference](int session) { return session == reference ? -1 : session; };
  std::vector<int> first_rank(lines.size(), num_sessions);
  for (const ShaftStretch& stretch : stretches) {
    int& rank = first_rank[static_cast<std::size_t>(stretch.shaft)];
    rank = std::min(rank, rank_of(stretch.session));
  }
  std::vector<int> order(lines.size());
  std::iota(order.begin(), order.end(), 0);
  const auto key = [&](int shaft) {
    const Centreline& line = lines[static_cast<std::size_t>(shaft)];
    const Position middle = line.at(line.length_um() / 2);
    return std::tuple(first_rank[static_cast<std::size_t>(shaft)], middle.y_um, middle.x_um,
                      middle.z_um, shaft);
  };
  std::sort(order.begin(), order.end(), [&key](int a, int b) { return key(a) < key(b); });
  return order;
}

}  // namespace

FieldShafts match_dendrites(const std::vector<SessionLines>& sessions, int reference) {
  const int num_sessions = static_cast<int>(sessions.size());
  ShaftBuilder builder(num_sessions);
  for (const Candidate& candidate : candidates_of(sessions, reference)) {
    const SessionLines& lines = sessions[static_cast<std::size_t>(candidate.session)];
    builder.add(lines[static_cast<std::size_t>(candidate.dendrite)], candidate.session,
                candidate.dendrite);
  }
  const std::vector<Centreline> lines = builder.lines();
  const std::vector<int> order = id_order(lines, builder.stretches(), num_sessions, reference);
  FieldShafts shafts;
  std::vector<int> id_of(lines.size());
  for (const int shaft : order) {
    id_of[static_cast<std::size_t>(shaft)] = static_cast<int>(shafts.lines.size());
    shafts.lines.push_back(lines[static_cast<std::size_t>(shaft)]);
  }
  shafts.stretches = builder.stretches();
  for (ShaftStretch& stretch : shafts.stretches) {
    stretch.shaft = id_of[static_cast<std::size_t>(stretch.shaft)];
  }
  const auto key = [](const ShaftStretch& s) {
    return std::tie(s.shaft, s.session, s.dendrite, s.first_node);
  };
  std::sort(shafts.stretches.begin(), shafts.stretches.end(),
            [&key](const ShaftStretch& a, const ShaftStretch& b) { return key(a) < key(b); });
  return shafts;
}

}  // namespace bramble
