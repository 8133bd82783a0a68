#include "io/phantom_truth.hpp"

#include "io/atomic_file.hpp"
#include "io/csv.hpp"

#include <fmt/format.h>

namespace bramble {
namespace {

constexpr char spine_header[] =
    "subject,session,day,fov,dendrite_id,spine_id,base_z_um,base_y_um,base_x_um,head_z_um,"
    "head_y_um,head_x_um,tip_z_um,tip_y_um,tip_x_um,head_diameter_um,neck_length_um,length_um,"
    "lateral_protrusion_um,neighbour_um,class,scorable,edge\n";
constexpr char dendrite_header[] =
    "subject,session,day,fov,dendrite_id,node,z_um,y_um,x_um,radius_um,inside\n";

// The truth is exact: the shortest text that reads back as the same number.
std::string exact(double value) { return fmt::format("{}", value); }

std::string exact(Position p) { return fmt::format("{},{},{}", p.z_um, p.y_um, p.x_um); }

std::string place_cells(const StackIdentity& identity) {
  return fmt::format("{},{},{},{}", csv_cell(identity.subject_id), csv_cell(identity.session_id),
                     csv_cell(identity.day), csv_cell(identity.fov));
}

std::string spine_rows(const PhantomStack& stack) {
  const std::string place = place_cells(stack.identity);
  std::string text;
  for (const PhantomSpine& spine : stack.spines) {
    text += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{:d},{:d}\n", place,
                        csv_cell(spine.dendrite_id), csv_cell(spine.spine_id), exact(spine.base),
                        exact(spine.head), exact(spine.tip), exact(spine.head_diameter_um),
                        exact(spine.neck_length_um), exact(spine.length_um),
                        exact(spine.lateral_protrusion_um), exact(spine.neighbour_um),
                        csv_cell(spine.spine_class), spine.scorable, spine.edge);
  }
  return text;
}

std::string dendrite_rows(const PhantomStack& stack) {
  const std::string place = place_cells(stack.identity);
  const Acquisition& acquisition = stack.acquisition;
  std::string text;
  for (const PhantomDendrite& dendrite : stack.dendrites) {
    for (std::size_t i = 0; i < dendrite.nodes.size(); ++i) {
      const Position& node = dendrite.nodes[i];
      const bool inside = acquisition.extent.contains(nearest_voxel(node, acquisition.spacing));
      text += fmt::format("{},{},{},{},{},{:d}\n", place, csv_cell(dendrite.dendrite_id), i,
                          exact(node), dendrite.radius_um.at(i), inside);
    }
  }
  return text;
}

}  // namespace

void write_phantom_truth(const std::string& folder,
                         const std::vector<const PhantomStack*>& stacks) {
  std::string spines = spine_header;
  std::string dendrites = dendrite_header;
  for (const PhantomStack* stack : stacks) {
    spines += spine_rows(*stack);
    dendrites += dendrite_rows(*stack);
  }
  write_text_atomically(folder + "/truth_spines.csv", spines);
  write_text_atomically(folder + "/truth_dendrites.csv", dendrites);
}

}  // namespace bramble
