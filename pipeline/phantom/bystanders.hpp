#pragma once

#include "pipeline/phantom/dendrite_path.hpp"
#include "pipeline/phantom/phantom_field.hpp"
#include "pipeline/records/phantom_parameters.hpp"

#include <vector>

namespace bramble {

struct Ball {
  Position centre;
  double radius_um = 0;
};

// A thin process that passes by, in the frame of the field's first session.
struct Axon {
  std::vector<Position> nodes;
  double radius_um = 0;
  double gain = 1;
  std::vector<Ball> boutons;
};

// An autofluorescent grain.
struct Punctum {
  Ball ball;
  double gain = 1;
};

// Axons that start in the imaged box, Poisson by its volume: winding, mostly in plane, with a
// bouton about every 8 um, none through a dendrite. Reference science.md section 7.3.
std::vector<Axon> grow_axons(const PhantomParameters& parameters, PhantomField field,
                             const std::vector<DendritePath>& dendrites);

// Puncta wherever later sessions may look, Poisson by the volume, 1 um and more off the shafts.
std::vector<Punctum> scatter_puncta(const PhantomParameters& parameters, PhantomField field,
                                    const std::vector<DendritePath>& dendrites);

}  // namespace bramble
