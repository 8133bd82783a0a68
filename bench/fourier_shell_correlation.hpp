#pragma once

#include "kernels/core/volume.hpp"

#include <vector>

namespace bramble {

// Which spatial frequencies count: those near the plane of x and y, or those near the z axis.
enum class FrequencySector { in_plane, axial };

struct ShellParams {
  FrequencySector sector = FrequencySector::in_plane;
  double half_angle_deg = 30;
  double shell_per_um = 0.1;  // width of a shell
};

struct ShellCorrelation {
  std::vector<double> frequency_per_um;  // middle of each shell
  std::vector<double> correlation;
};

// Per shell of spatial frequencies, Re sum(A conj(B)) / sqrt(sum |A|^2 sum |B|^2), for the
// transforms A and B of two volumes of one extent (Harauz and van Heel 1986; in sectors because
// the resolution differs between the axes, Koho et al. 2019, doi 10.1038/s41467-019-11024-z). The
// mean is taken off and the outer eighth on each side is faded out, as the transform takes volumes
// for periodic. Up to the smallest of the sector's Nyquist frequencies; shells without a frequency
// are left out. The extent along x must be a multiple of 8. On the host.
ShellCorrelation fourier_shell_correlation(VolumeView<const float> a, VolumeView<const float> b,
                                           const ShellParams& params);

// The period at which the correlation falls below a level for the first time, linear between
// shells; that of the last shell, the best that can be told, when it never does.
double resolution_um(const ShellCorrelation& correlation, double level = 1.0 / 7);

}  // namespace bramble
