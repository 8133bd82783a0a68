#include "io/phantom_truth.hpp"

#include "io/csv.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace bramble {
namespace {

constexpr double detectable_d_prime = 6;  // where a thousand places are searched

std::string exact(double value) { return std::isfinite(value) ? fmt::format("{}", value) : "NA"; }

std::string exact(Position p) { return fmt::format("{},{},{}", p.z_um, p.y_um, p.x_um); }

std::string place_cells(const StackIdentity& identity) {
  return fmt::format("{},{},{},{}", csv_cell(identity.subject_id), csv_cell(identity.session_id),
                     csv_cell(identity.day), csv_cell(identity.fov));
}

std::string spine_rows(const PhantomStack& stack) {
  const std::string place = place_cells(stack.identity);
  std::string text;
  for (const PhantomSpine& spine : stack.spines) {
    text += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{:d},{:d},", place,
                        csv_cell(spine.dendrite_id), csv_cell(spine.spine_id), exact(spine.base),
                        exact(spine.head), exact(spine.tip), exact(spine.head_diameter_um),
                        exact(spine.neck_length_um), exact(spine.length_um),
                        exact(spine.lateral_protrusion_um), exact(spine.neighbour_um),
                        csv_cell(spine.spine_class), spine.scorable, spine.edge);
    text += fmt::format("{},{},{},{},{},{},{},{},{}\n", exact(spine.neck_diameter_um),
                        exact(spine.volume_um3), exact(spine.azimuth_deg), exact(spine.tilt_deg),
                        csv_cell(spine.pool), exact(spine.birth_day), exact(spine.death_day),
                        exact(spine.contrast), exact(spine.d_prime));
  }
  return text;
}

std::string oracle_rows(const PhantomStack& stack) {
  const std::string place = place_cells(stack.identity);
  std::string text;
  for (const PhantomSpine& spine : stack.spines) {
    if (spine.d_prime >= detectable_d_prime) {
      text += fmt::format("{},{},{},{},{},{:d}\n", place, csv_cell(spine.dendrite_id),
                          csv_cell(spine.spine_id), exact(spine.head), exact(spine.d_prime),
                          spine.scorable);
    }
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

std::string transform_rows(const PhantomStack& stack) {
  const PhantomTransform& transform = stack.transform;
  return fmt::format("{},{},{},{}\n", place_cells(stack.identity), exact(transform.centre),
                     fmt::join(transform.matrix, ","), exact(transform.shift));
}

std::string warp_rows(const PhantomStack& stack) {
  const std::string place = place_cells(stack.identity);
  std::string text;
  for (const PhantomWarpNode& node : stack.transform.warp) {
    text += fmt::format("{},{},{}\n", place, exact(node.position), exact(node.displacement));
  }
  return text;
}

std::string motion_rows(const PhantomStack& stack) {
  const std::string place = place_cells(stack.identity);
  std::string text;
  for (std::size_t slice = 0; slice < stack.motion.size(); ++slice) {
    text += fmt::format("{},{},{},{:d}\n", place, slice, exact(stack.motion[slice].shift),
                        stack.motion[slice].dropped);
  }
  return text;
}

}  // namespace

const std::vector<PhantomTruthTable>& phantom_truth_tables() {
  static const std::vector<PhantomTruthTable> tables{
      {"truth_spines.csv",
       "subject,session,day,fov,dendrite_id,spine_id,base_z_um,base_y_um,base_x_um,head_z_um,"
       "head_y_um,head_x_um,tip_z_um,tip_y_um,tip_x_um,head_diameter_um,neck_length_um,length_um,"
       "lateral_protrusion_um,neighbour_um,class,scorable,edge,neck_diameter_um,volume_um3,"
       "azimuth_deg,tilt_deg,pool,birth_day,death_day,contrast,d_prime\n",
       spine_rows},
      {"truth_oracle.csv",
       "subject,session,day,fov,dendrite_id,spine_id,head_z_um,head_y_um,head_x_um,d_prime,"
       "scorable\n",
       oracle_rows},
      {"truth_dendrites.csv",
       "subject,session,day,fov,dendrite_id,node,z_um,y_um,x_um,radius_um,inside\n", dendrite_rows},
      {"truth_transforms.csv",
       "subject,session,day,fov,centre_z_um,centre_y_um,centre_x_um,matrix_zz,matrix_zy,matrix_zx,"
       "matrix_yz,matrix_yy,matrix_yx,matrix_xz,matrix_xy,matrix_xx,shift_z_um,shift_y_um,"
       "shift_x_um\n",
       transform_rows},
      {"truth_warp.csv",
       "subject,session,day,fov,z_um,y_um,x_um,displacement_z_um,displacement_y_um,"
       "displacement_x_um\n",
       warp_rows},
      {"truth_motion.csv",
       "subject,session,day,fov,slice,shift_z_um,shift_y_um,shift_x_um,dropped\n", motion_rows},
  };
  return tables;
}

std::string transitions_csv(const std::vector<PhantomTransitionRow>& rows) {
  std::string text =
      "subject,fov,dendrite_id,session_from,session_to,spines,n_from,n_to,n_stable,n_gained,"
      "n_lost\n";
  for (const PhantomTransitionRow& row : rows) {
    text += fmt::format("{},{},{},{},{},{},{},{},{},{},{}\n", csv_cell(row.subject_id),
                        csv_cell(row.fov), csv_cell(row.dendrite_id), csv_cell(row.session_from),
                        csv_cell(row.session_to), row.scorable_only ? "scorable" : "all",
                        row.n_from, row.n_to, row.n_stable, row.n_gained, row.n_lost);
  }
  return text;
}

std::string summary_csv(const std::vector<PhantomSummaryRow>& rows) {
  std::string text =
      "subject,group,session,day,fov,dendrite_id,length_um,n_spines,n_scorable,density_per_um,"
      "scorable_density_per_um\n";
  for (const PhantomSummaryRow& row : rows) {
    text += fmt::format("{},{},{},{},{},{},{},{},{},{},{}\n", csv_cell(row.subject_id),
                        csv_cell(row.group), csv_cell(row.session_id), csv_cell(row.day),
                        csv_cell(row.fov), csv_cell(row.dendrite_id), exact(row.length_um),
                        row.n_spines, row.n_scorable, exact(row.density_per_um),
                        exact(row.scorable_density_per_um));
  }
  return text;
}

}  // namespace bramble
