#include "pipeline/phantom/session_view.hpp"

#include "pipeline/phantom/anatomy.hpp"
#include "pipeline/phantom/dye.hpp"
#include "pipeline/phantom/retraction.hpp"
#include "pipeline/phantom/spine_population.hpp"
#include "pipeline/phantom/tissue_region.hpp"

#include <cmath>
#include <utility>

namespace bramble {
namespace {

std::vector<Position> apply(const SessionPose& pose, std::vector<Position> points) {
  for (Position& point : points) {
    point = pose.apply(point);
  }
  return points;
}

// Turned with the tissue but not deformed, so that lengths stay exact.
SpineShape carry(const SessionPose& pose, SpineShape shape) {
  const Position base = pose.apply(shape.base);
  for (Position* point : {&shape.head, &shape.tip, &shape.fork, &shape.second_head}) {
    *point = base + pose.turn(*point - shape.base);
  }
  shape.base = base;
  return shape;
}

// A study's session with all that its tissue depends on.
struct View {
  const PhantomParameters& parameters;
  PhantomField field;
  std::size_t session = 0;
  const SessionPose& pose;
  std::vector<DendritePath> paths;  // of the first session
  std::vector<NodeRange> kept;      // per path
  TissueBox window;
};

SessionSpine view_spine(const View& view, std::size_t index, const DendritePath& moved,
                        const SpineLife& life) {
  RandomPlace place = view.field.place(view.parameters, RandomPurpose::spine_shape);
  place.dendrite = index;
  const std::vector<double> growth =
      draw_head_growth(view.parameters, place, life, view.field.treated);
  const SpineForm form =
      grow_heads(draw_spine_form(view.parameters, place, life), growth[view.session]);
  SessionSpine spine;
  spine.life = life;
  spine.shaft = point_at(moved, life.path_um);
  spine.shape = carry(view.pose, shape_spine(view.paths[index], life.path_um, form));
  return spine;
}

SessionDendrite view_dendrite(const View& view, std::size_t index) {
  const DendritePath& path = view.paths[index];
  const NodeRange kept = view.kept[index];
  const double day = view.parameters.design.session_days[view.session];
  DendritePath moved = path;
  moved.nodes = apply(view.pose, path.nodes);
  SessionDendrite dendrite;
  for (SpineLife life :
       grow_spines(view.parameters, view.field, index, path.length_um() - path.bare_um)) {
    life.path_um += path.bare_um;
    const auto node =
        static_cast<std::size_t>(std::lround(life.path_um / DendritePath::node_step_um));
    if (life.alive(day) && kept.contains(node)) {
      dendrite.spines.push_back(view_spine(view, index, moved, life));
    }
  }
  dendrite.path = cut_path(moved, kept);
  if (path.parent >= 0) {
    const NodeRange kept_of_parent = view.kept[static_cast<std::size_t>(path.parent)];
    dendrite.path.parent_node -= static_cast<int>(kept_of_parent.first);
  }
  return dendrite;
}

void append(DyedBody part, DyedBody& body) {
  body.capsules.insert(body.capsules.end(), part.capsules.begin(), part.capsules.end());
  body.spheroids.insert(body.spheroids.end(), part.spheroids.begin(), part.spheroids.end());
}

// A dendrite and its branch are one cell: where they join, dye counts once.
void dye_dendrites(const View& view, SessionTissue& tissue) {
  constexpr std::size_t stride = 2;  // nodes per capsule: straight over 0.2 um
  std::vector<std::size_t> cells;    // per dendrite
  for (SessionDendrite& dendrite : tissue.dendrites) {
    const DendritePath& path = dendrite.path;
    if (path.parent >= 0) {
      cells.push_back(cells[static_cast<std::size_t>(path.parent)]);
    } else {
      cells.push_back(tissue.cells.size());
      tissue.cells.emplace_back().gain = path.gain;
    }
    DyedCell& cell = tissue.cells[cells.back()];
    append(dye_process(path.nodes, path.radius_um, stride, view.window), cell.shaft);
    for (SessionSpine& spine : dendrite.spines) {
      spine.cell = cells.back();
      spine.body = cell.spines.size();
      const bool seen =
          view.window.contains(spine.shape.base) || view.window.contains(spine.shape.tip);
      cell.spines.push_back(seen ? dye_spine(spine.shape) : DyedBody{});
    }
  }
}

void add_ball(const View& view, BystanderKind kind, std::size_t number, Ball ball, DyedCell& cell,
              SessionTissue& tissue) {
  ball.centre = view.pose.apply(ball.centre);
  if (view.window.contains(ball.centre)) {
    cell.shaft.spheroids.push_back(dye_ball(ball));
    tissue.bystanders.push_back({.kind = kind, .number = number, .ball = ball});
  }
}

void add_cell(DyedCell cell, SessionTissue& tissue) {
  if (!cell.shaft.capsules.empty() || !cell.shaft.spheroids.empty()) {
    tissue.cells.push_back(std::move(cell));
  }
}

void add_bystanders(const View& view, SessionTissue& tissue) {
  std::size_t num_boutons = 0;
  for (const Axon& axon : grow_axons(view.parameters, view.field, view.paths)) {
    const std::vector<double> radius_um(axon.nodes.size(), axon.radius_um);
    DyedCell cell;
    cell.gain = axon.gain;
    cell.shaft = dye_process(apply(view.pose, axon.nodes), radius_um, 1, view.window);
    for (const Ball& bouton : axon.boutons) {
      add_ball(view, BystanderKind::bouton, num_boutons++, bouton, cell, tissue);
    }
    add_cell(std::move(cell), tissue);
  }
  std::size_t num_puncta = 0;
  for (const Punctum& punctum : scatter_puncta(view.parameters, view.field, view.paths)) {
    DyedCell cell;
    cell.gain = punctum.gain;
    add_ball(view, BystanderKind::punctum, num_puncta++, punctum.ball, cell, tissue);
    add_cell(std::move(cell), tissue);
  }
}

}  // namespace

SessionTissue view_session(const PhantomParameters& parameters, PhantomField field,
                           std::size_t session, const SessionPose& pose) {
  constexpr double margin_um = 6;
  const Position margin{margin_um, margin_um, margin_um};
  const TissueBox imaged = imaged_box(parameters.design);
  View view{.parameters = parameters,
            .field = field,
            .session = session,
            .pose = pose,
            .paths = grow_dendrites(parameters, field),
            .kept = {},
            .window = {imaged.low - margin, imaged.high + margin}};
  for (std::size_t i = 0; i < view.paths.size(); ++i) {
    view.kept.push_back(kept_nodes(parameters, field, view.paths, i, session));
  }
  SessionTissue tissue;
  for (std::size_t i = 0; i < view.paths.size(); ++i) {
    tissue.dendrites.push_back(view_dendrite(view, i));
  }
  dye_dendrites(view, tissue);
  add_bystanders(view, tissue);
  return tissue;
}

}  // namespace bramble
