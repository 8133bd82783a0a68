#pragma once

#include "kernels/core/volume.hpp"
#include "pipeline/records/acquisition.hpp"
#include "pipeline/records/identity.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace bramble {

// A synthetic two-group study. Every number is a pure function of (seed, purpose, animal, field,
// dendrite, spine, session, voxel), so the same for any number of threads and ranks.
struct PhantomParameters {
  std::uint64_t seed = 1;
  int animals_per_group = 2;
  int fields_per_animal = 1;
  std::vector<double> session_days = {-1, 1, 3};
  Extent extent{16, 192, 192};
  Spacing spacing{1.0f, 0.1f, 0.1f};
  float peak_photons = 30;            // of a straight 0.8 um thick dendrite in focus
  float spine_density_per_um = 0.8f;  // in 3-D; about 0.58 of them stick out in plane
  float extra_formation_frac =
      0.10f;  // spines added in the treated group after day 0, as a part of those there before
  float session_shift_um = 1.0f;  // SD of the pose change in plane between sessions
  float psf_fwhm_xy_um = 0.45f;
  float psf_fwhm_z_um = 1.9f;
  float attenuation_length_um =
      180;  // signal falls with exp(-2 depth / length) below the top slice; 0: not at all
};

// Ground truth of one spine in one session, columns of truth_spines.csv.
struct PhantomSpine {
  std::string dendrite_id, spine_id;
  Position base, head, tip;
  double head_diameter_um = 0;
  double neck_length_um = 0;
  double length_um = 0;
  double lateral_protrusion_um = 0;
  double neighbour_um = 0;
  std::string spine_class;
  bool scorable = true;
  bool edge = false;
};

// Ground truth of one dendrite in one session: its centreline.
struct PhantomDendrite {
  std::string dendrite_id;
  std::vector<Position> nodes;
  std::vector<float> radius_um;
};

// One stack of the study with its truth.
struct PhantomStack {
  StackIdentity identity;  // file, path and stack_id empty
  Acquisition acquisition;
  Volume<std::uint16_t> counts;
  std::vector<PhantomDendrite> dendrites;
  std::vector<PhantomSpine> spines;
};

}  // namespace bramble
