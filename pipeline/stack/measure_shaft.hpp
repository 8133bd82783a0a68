#pragma once

#include "kernels/core/volume.hpp"
#include "pipeline/records/dendrite.hpp"
#include "pipeline/stack/cylinder_width.hpp"

#include <vector>

namespace bramble {

struct MeasureShaftParams {
  double step_um = 0.25;                        // between the nodes
  BlurWidths blur{.xy_um = 0.45, .z_um = 1.9};  // of the PSF and the smoothing together
  double min_usable_snr = 0.5;                  // a dimmer stretch of shaft is not scored
  float noise_counts = 1;  // of one voxel of the stack in the dark, before smoothing
};

// Measures shafts in one stack. `smoothed`: background-subtracted and smoothed a little, on the
// host, in counts; it must outlive the object.
class MeasureShaft {
 public:
  MeasureShaft(VolumeView<const float> smoothed, const MeasureShaftParams& params);

  // Gives a dendrite what its nodes tell: brightness and radius per node, lengths, tortuosity,
  // diameters, SNR, and the flags `beaded` and `leaves_volume` (dendrite_flags.hpp).
  //
  // Radius: half the diameter of the evenly filled cylinder (cylinder_width.hpp) that looks as wide
  // as the shaft does on its narrower side (profile_width.hpp), in the profile that is point by
  // point the lower quartile of the nodes within 1 um; then the median of the nodes within 1 um. At
  // least 0.1 um.
  // Usable is what lies between two nodes in the volume and brighter than min_usable_snr. A node in
  // the outer half of the first or last slice is not in the volume: there the shaft may have left
  // it and only its blur be seen. A stack of one slice is a picture, all of which counts.
  void measure(Dendrite& dendrite) const;

 private:
  // The brightest value near each node.
  std::vector<double> brightness_along(const std::vector<Position>& nodes) const;
  // Of the bare shaft, from the nodes within 1 um of each.
  std::vector<double> diameter_along(const std::vector<Position>& nodes) const;
  double usable_length_um(const Dendrite& dendrite) const;
  bool is_inside(Position node) const;

  VolumeView<const float> smoothed_;
  MeasureShaftParams params_;
  CylinderWidth cylinder_;
};

}  // namespace bramble
