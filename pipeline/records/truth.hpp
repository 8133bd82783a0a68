#pragma once

#include "kernels/core/geometry.hpp"
#include "pipeline/records/identity.hpp"

#include <string>
#include <vector>

// What a study truly holds, as a generator of synthetic studies or a person says. Numbers that are
// not known are NaN, texts empty.
namespace bramble {

enum class TruthKind {
  phantom,     // exact: a row per spine present, centrelines with their radii
  annotation,  // a person's spines on a few annotated lines of each stack
  positions,   // heads only
};

struct TruthSpine {
  std::string dendrite_id;
  std::string spine_id;  // within its field, the same in all sessions
  Position head;
  bool counts = true;  // false: neither hit nor miss, and what is found there is no false alarm
  double head_diameter_um = not_available;
  double neck_length_um = not_available;
  double length_um = not_available;
  double neighbour_um = not_available;  // NaN: none on its side of the shaft
  std::string spine_class;
  double contrast = not_available;  // noise-free peak over that of the shaft beside it
  double d_prime = not_available;
};

// The centreline of one dendrite in one session.
struct TruthDendrite {
  std::string dendrite_id;
  std::vector<Position> nodes;
  std::vector<bool> inside;  // per node: in the volume
  double length_um =
      not_available;  // inside, without the motion of the stored stack; NaN: of nodes
};

struct TruthStack {
  std::string subject_id;  // empty: the run's only one
  std::string session_id;  // with "ses-"; empty: the run's only one
  double day = not_available;
  std::string fov;            // empty: the run's only one
  std::string group, region;  // known from the run alone
  std::vector<TruthSpine> spines;
  std::vector<TruthDendrite> dendrites;
};

struct StudyTruth {
  TruthKind kind = TruthKind::phantom;
  std::vector<TruthStack> stacks;  // by subject, session id, fov
};

}  // namespace bramble
