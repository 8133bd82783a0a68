#pragma once

#include "kernels/spine/straight_grid.hpp"
#include "pipeline/records/dendrite.hpp"

#include <vector>

namespace bramble {

// The stations of all dendrites of a stack, one dendrite after the other with gaps in between.
struct ShaftStations {
  // Where a station lies on its dendrite.
  struct Place {
    int dendrite = -1;   // -1: a gap
    int node = 0;        // the last node before it, or at it
    double path_um = 0;  // from the dendrite's first node
    double end_um = 0;   // to the nearer end of the dendrite
    float radius_um = 0;
  };
  std::vector<Station> stations;
  std::vector<Place> places;
};

// Stations every StraightGrid::along_um, in step with the nodes, with the brightness that the
// dendrites give and 1 for that of the restored stack.
ShaftStations lay_stations(const std::vector<Dendrite>& dendrites);

// Sets Station::restored: the median over 5 um along the shaft of the restored stack's brightest
// value within 0.3 um of the axis and 1 um of its depth. `restored`: straightened, on the host.
void measure_restored_shafts(VolumeView<const float> restored, std::vector<Station>& stations);

}  // namespace bramble
