#pragma once

#include "kernels/core/volume.hpp"
#include "pipeline/records/acquisition.hpp"
#include "pipeline/records/identity.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace bramble {

// Ground truth of one spine in one session, columns of truth_spines.csv.
struct PhantomSpine {
  std::string dendrite_id, spine_id;
  Position base, head, tip;
  double head_diameter_um = 0;
  double neck_length_um = 0;
  double length_um = 0;
  double lateral_protrusion_um = 0;
  double neighbour_um = 0;
  std::string spine_class;  // also "punctum" and "bouton": no spines, never scorable
  bool scorable = true;
  bool edge = false;
  double neck_diameter_um = 0;
  double volume_um3 = 0;
  double azimuth_deg = 0;
  double tilt_deg = 0;
  std::string pool;  // "persistent" or "transient"; empty for what is no spine
  double birth_day = 0;
  double death_day = 0;
  double contrast = 0;  // noise-free peak at the head over that of the shaft at its base
  double d_prime = 0;   // of an ideal observer that knows everything but whether the spine is there
};

// Ground truth of one dendrite in one session: its centreline.
struct PhantomDendrite {
  std::string dendrite_id;
  std::vector<Position> nodes;
  std::vector<float> radius_um;
  int parent = -1;       // index of the dendrite that this one branches off, -1 for none ...
  int parent_node = -1;  // ... and the node there
  int first_node = 0;    // so many nodes before these are gone; node numbers that count them agree
                         // between the sessions of a field
};

// A control node of the smooth deformation between sessions. The nodes lie on a regular grid; a
// point moves by the sum over them of displacement x B(dz) B(dy) B(dx), B the cubic B-spline and d
// the distance from the node in grid steps.
struct PhantomWarpNode {
  Position position;
  Position displacement;
};

// Where the tissue of the field's first session lies in a session, before that stack's own motion:
// centre + matrix (p - centre) + shift + warp(p), matrix row by row (z, y, x).
struct PhantomTransform {
  Position centre;
  std::array<double, 9> matrix{1, 0, 0, 0, 1, 0, 0, 0, 1};
  Position shift;
  std::vector<PhantomWarpNode> warp;
};

// What the scanner did at one slice: the tissue it shows is shifted by this at its first row; rows
// between are interpolated to the next slice. A dropped slice shows nothing.
struct PhantomSliceMotion {
  Position shift;
  bool dropped = false;
};

// What happened on one dendrite between two sessions, of all spines or of those that can be scored.
struct PhantomTransitionRow {
  std::string subject_id, fov, dendrite_id, session_from, session_to;
  bool scorable_only = false;
  int n_from = 0;
  int n_to = 0;
  int n_stable = 0;
  int n_gained = 0;
  int n_lost = 0;
};

// One dendrite in one session.
struct PhantomSummaryRow {
  std::string subject_id, group, session_id;
  double day = 0;
  std::string fov, dendrite_id;
  double length_um = 0;  // inside the volume
  int n_spines = 0;      // inside the volume
  int n_scorable = 0;
  double density_per_um = not_available;           // of spines inside the volume
  double scorable_density_per_um = not_available;  // of those that can be scored
};

// One stack of the study with its truth. Positions are where things appear in the stack, its motion
// included.
struct PhantomStack {
  StackIdentity identity;  // file, path and stack_id empty
  Acquisition acquisition;
  Volume<std::uint16_t> counts;
  std::vector<PhantomDendrite> dendrites;
  std::vector<PhantomSpine> spines;
  PhantomTransform transform;
  std::vector<PhantomSliceMotion> motion;  // per slice
};

}  // namespace bramble
