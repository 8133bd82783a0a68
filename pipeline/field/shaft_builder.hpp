#pragma once

#include "pipeline/field/field_shafts.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace bramble {

// Grows the shafts of a field from one dendrite after the other; see match_dendrites.
class ShaftBuilder {
 public:
  explicit ShaftBuilder(int num_sessions) : num_sessions_(num_sessions) {}

  // Lays a dendrite on the shafts, which may grow or become more.
  void add(const Centreline& dendrite, int session, int dendrite_index);

  std::vector<Centreline> lines() const;
  const std::vector<ShaftStretch>& stretches() const noexcept { return stretches_; }

 private:
  struct Interval {
    double low_um = 0;
    double high_um = 0;
  };
  struct Shaft {
    Centreline line;
    std::vector<std::vector<Interval>> occupied;  // by session
  };
  struct Reach {
    double in_plane_um = 0;
    double z_um = 0;
  };
  // Nodes first, ..., last, last included.
  struct Run {
    std::size_t first = 0;
    std::size_t last = 0;
  };

  // The foot on the shaft, if it lies within reach, runs the same way and is free in that session.
  std::optional<Foot> foot_within(int shaft, const Centreline& dendrite, std::size_t node,
                                  int session, Reach reach) const;
  int nearest_shaft(const Centreline& dendrite, std::size_t node, int session) const;
  void drop_short_runs(const Centreline& dendrite, std::vector<int>& labels) const;
  void grow_runs(const Centreline& dendrite, int session, std::vector<int>& labels) const;
  void settle_unlabelled(const Centreline& dendrite, std::vector<int>& labels);
  void settle_end(const Centreline& dendrite, const Run& run, int neighbour, bool after_neighbour,
                  std::vector<int>& labels);
  int make_shaft(const Centreline& dendrite, const Run& run);
  bool extend_shaft(int shaft, const Centreline& dendrite, const Run& run, bool after_neighbour);
  void record(const Centreline& dendrite, int session, int dendrite_index,
              const std::vector<int>& labels);

  int num_sessions_;
  std::vector<Shaft> shafts_;
  std::vector<ShaftStretch> stretches_;
};

}  // namespace bramble
