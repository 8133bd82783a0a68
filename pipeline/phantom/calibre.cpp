#include "pipeline/phantom/calibre.hpp"

#include "pipeline/phantom/dendrite_path.hpp"

#include <cmath>

namespace bramble {

std::vector<double> draw_radii(const PhantomDendriteParameters& parameters, double diameter_um,
                               std::size_t num_nodes, Random& random) {
  constexpr double correlation_um = 3;
  constexpr double taper_per_um = 0.001;
  const double sd = parameters.calibre_log_sd;
  const double kept = std::exp(-DendritePath::node_step_um / correlation_um);
  double modulation = sd * random.normal();
  std::vector<double> radii;
  radii.reserve(num_nodes);
  for (std::size_t i = 0; i < num_nodes; ++i) {
    const double path_um = static_cast<double>(i) * DendritePath::node_step_um;
    radii.push_back(0.5 * diameter_um * std::exp(modulation - taper_per_um * path_um));
    modulation = modulation * kept + sd * std::sqrt(1 - kept * kept) * random.normal();
  }
  return radii;
}

}  // namespace bramble
