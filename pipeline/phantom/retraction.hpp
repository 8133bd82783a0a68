#pragma once

#include "pipeline/phantom/dendrite_path.hpp"
#include "pipeline/phantom/phantom_field.hpp"
#include "pipeline/records/phantom_parameters.hpp"

#include <cstddef>
#include <vector>

namespace bramble {

// The nodes from `first` to before `end`.
struct NodeRange {
  std::size_t first = 0;
  std::size_t end = 0;

  bool contains(std::size_t node) const noexcept { return first <= node && node < end; }
};

// What is left of a dendrite in a session: all of it, or, with the probability retraction_frac and
// in sessions after the treatment day, in both groups, all but a terminal part: 15 to 50 % of what
// was in the imaged box, and what lay beyond. A branch loses its far end, another dendrite either
// end, but never that from which its branch comes.
NodeRange kept_nodes(const PhantomParameters& parameters, PhantomField field,
                     const std::vector<DendritePath>& dendrites, std::size_t index,
                     std::size_t session);

// That part of a path. Its parent's node stays as it is.
DendritePath cut_path(const DendritePath& path, NodeRange kept);

}  // namespace bramble
