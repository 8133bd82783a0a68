#include "pipeline/phantom/session_view.hpp"

#include "pipeline/phantom/spine_population.hpp"

#include <cmath>

namespace bramble {
namespace {

SpineShape apply(const SessionPose& pose, const SpineShape& shape) {
  return {.form = shape.form,
          .base = pose.apply(shape.base),
          .head = pose.apply(shape.head),
          .tip = pose.apply(shape.tip)};
}

DendritePath apply(const SessionPose& pose, const DendritePath& path) {
  DendritePath moved = path;
  for (Position& node : moved.nodes) {
    node = pose.apply(node);
  }
  return moved;
}

SessionDendrite view_dendrite(const PhantomParameters& parameters, PhantomField field,
                              std::uint64_t index, const DendritePath& path, std::size_t session,
                              const SessionPose& pose) {
  const RandomPlace place{
      .seed = parameters.seed, .animal = field.animal, .field = field.field, .dendrite = index};
  const double day = parameters.session_days[session];
  SessionDendrite dendrite{.path = apply(pose, path), .spines = {}};
  for (const SpineLife& life : grow_spines(parameters, field, index, path.length_um())) {
    if (!life.alive(day)) {
      continue;
    }
    SpineForm form = draw_spine_form(place, life);
    form.head_diameter_um *= draw_head_growth(place, life, parameters.session_days)[session];
    dendrite.spines.push_back({.serial = life.serial,
                               .path_um = life.path_um,
                               .shaft = point_at(dendrite.path, life.path_um),
                               .shape = apply(pose, shape_spine(path, life.path_um, form))});
  }
  return dendrite;
}

Spheroid head_of(const SpineShape& shape) {
  const Position towards_tip = shape.tip - shape.base;
  const double elongation = shape.form.head_elongation;
  const double radius_um = 0.5 * shape.form.head_diameter_um;
  return {.centre = shape.head,
          .axis = towards_tip * (1 / length_um(towards_tip)),
          .axial_radius_um = radius_um * std::pow(elongation, 2.0 / 3),
          .transverse_radius_um = radius_um * std::pow(elongation, -1.0 / 3)};
}

}  // namespace

std::vector<SessionDendrite> view_session(const PhantomParameters& parameters, PhantomField field,
                                          std::size_t session, const SessionPose& pose) {
  const std::vector<DendritePath> paths = grow_dendrites(parameters, field);
  std::vector<SessionDendrite> dendrites;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    dendrites.push_back(view_dendrite(parameters, field, i, paths[i], session, pose));
  }
  return dendrites;
}

DyedCell dye(const SessionDendrite& dendrite) {
  constexpr std::size_t stride = 2;  // nodes per capsule: straight over 0.2 um
  const std::vector<Position>& nodes = dendrite.path.nodes;
  const std::vector<double>& radius_um = dendrite.path.radius_um;
  DyedCell cell;
  cell.gain = dendrite.path.gain;
  for (std::size_t i = 0; i + stride < nodes.size(); i += stride) {
    cell.capsules.push_back({nodes[i], nodes[i + stride], radius_um[i], radius_um[i + stride]});
  }
  for (const SessionSpine& spine : dendrite.spines) {
    const double neck_radius_um = 0.5 * spine.shape.form.neck_diameter_um;
    // From axis to head, so that a sessile head hangs on the shaft too; what overlaps counts once.
    cell.capsules.push_back({spine.shape.base, spine.shape.head, neck_radius_um, neck_radius_um});
    cell.spheroids.push_back(head_of(spine.shape));
  }
  return cell;
}

}  // namespace bramble
