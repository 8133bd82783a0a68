#pragma once

#include "kernels/core/geometry.hpp"
#include "kernels/core/volume.hpp"
#include "kernels/restore/excitation.hpp"

namespace bramble {

struct VectorialPsfParams {
  Excitation excitation;
  // The amplitude in the pupil is exp(-(rho / fill)^2), rho = 1 at its rim: 1 is a beam whose
  // intensity has fallen to 1/e^2 there, as microscopes are usually set up; infinite is uniform.
  float pupil_fill = 1.0f;
  // How far it is computed. Beyond it lies haze, a few per cent whose integral over z has no end,
  // and which the background stands for. At least twice the axial and four times the lateral width
  // is always computed.
  float half_depth_um = 8.0f;
  float half_width_um = 3.0f;
};

// The point spread function of two-photon excitation without aberrations: the square of the
// intensity near the focus of an aplanatic lens (Richards and Wolf 1959,
// doi 10.1098/rspa.1959.0200),
//   I(r, z) = |I0|^2 + 2 |I1|^2 + |I2|^2,   PSF = I^2,
//   In(r, z) = integral over the cone of a(rho) sqrt(cos t) sin t gn(t) Jn(k r sin t)
//              exp(i k z cos t) dt,   g0 = 1 + cos t,  g1 = sin t,  g2 = 1 - cos t.
// This is circular polarisation, which has no preferred direction; the azimuthal average of linear
// polarisation has the same widths within 0.1 % up to NA 1.05. Light is detected without a pinhole,
// so emission does not count.
//
// Sampled at voxel centres, not averaged over voxels: a scanning microscope records points in z and
// y, and along x less than a pixel. Values come from a radial table of 5 nm steps, linear between.
// On the host, odd extent, centred on the middle voxel, sum 1 (in double, then rounded). About
// 0.1 s. Throws InvalidArgument for impossible optics or a spacing that is not positive.
Volume<float> vectorial_psf(Spacing spacing, const VectorialPsfParams& params);

}  // namespace bramble
