#pragma once

#include "kernels/core/volume.hpp"
#include "pipeline/records/acquisition.hpp"
#include "pipeline/records/calibration.hpp"
#include "pipeline/records/dendrite.hpp"
#include "pipeline/records/identity.hpp"
#include "pipeline/records/provenance.hpp"
#include "pipeline/records/restoration.hpp"
#include "pipeline/records/shaft_graph.hpp"
#include "pipeline/records/spine.hpp"

#include <string>
#include <vector>

namespace bramble {

// How good the stack is.
struct StackQuality {
  float background_counts = 0;  // level of the dark parts, offset included
  float noise_counts = 0;       // standard deviation there
  float gain_counts =
      0;  // slope of variance over mean: counts per photon, excess noise included; 0 when unknown
  float snr = 0;               // median shaft brightness over noise
  float saturation_frac = 0;   // of all voxels
  float motion_um = 0;         // root mean square of the slice shifts that were taken out
  int num_dropped_slices = 0;  // slices that showed nothing and were filled
};

// Everything that later stages need of one analysed stack.
struct StackResult {
  StackIdentity identity;
  Acquisition acquisition;
  Calibration calibration;
  Provenance provenance;
  StackQuality quality;
  Restoration restoration;
  std::vector<Dendrite> dendrites;
  ShaftGraph shaft_graph;     // how they hang together
  std::vector<Spine> spines;  // all with p_detect >= keep_probability
  // The calibrated stack, background-subtracted, averaged to about 0.5 um in plane: what sessions
  // are aligned by.
  Volume<float> alignment;
  // The brightest calibrated value over z, one plane: what the overlay is drawn on.
  Volume<float> projection;
  std::string flags;  // comma-separated
};

}  // namespace bramble
