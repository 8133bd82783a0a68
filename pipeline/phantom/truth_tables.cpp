#include "pipeline/phantom/truth_tables.hpp"

#include "pipeline/phantom/dendrite_path.hpp"
#include "pipeline/phantom/tissue_region.hpp"

#include <iterator>
#include <map>
#include <string>

namespace bramble {
namespace {

PhantomDesign design_of(const PhantomStack& stack) {
  PhantomDesign design;
  design.extent = stack.acquisition.extent;
  design.spacing = stack.acquisition.spacing;
  return design;
}

// The spines of one dendrite that count in a session, by id. Bystanders are of no pool.
using CountedSpines = std::map<std::string, const PhantomSpine*>;

CountedSpines counted_spines(const PhantomStack& stack, const std::string& dendrite_id,
                             bool scorable_only) {
  const TissueBox volume = imaged_box(design_of(stack));
  CountedSpines spines;
  for (const PhantomSpine& spine : stack.spines) {
    const bool counts = scorable_only ? spine.scorable : volume.contains(spine.base);
    if (spine.dendrite_id == dendrite_id && !spine.pool.empty() && counts) {
      spines[spine.spine_id] = &spine;
    }
  }
  return spines;
}

// Where a spine of one session would be in another one: as far from the same node of its dendrite.
class SpinePlace {
 public:
  SpinePlace(const PhantomDendrite& from, const PhantomDendrite& to, const PhantomSpine& spine) {
    std::size_t nearest = 0;
    for (std::size_t i = 1; i < from.nodes.size(); ++i) {
      if (distance_um(from.nodes[i], spine.base) < distance_um(from.nodes[nearest], spine.base)) {
        nearest = i;
      }
    }
    const std::ptrdiff_t node =
        static_cast<std::ptrdiff_t>(nearest) + from.first_node - to.first_node;
    kept_ = node >= 0 && node < std::ssize(to.nodes);
    if (kept_) {
      const Position move = to.nodes[static_cast<std::size_t>(node)] - from.nodes[nearest];
      base_ = spine.base + move;
      head_ = spine.head + move;
    }
  }

  bool is_in_view(const PhantomDesign& design, bool scorable_only) const {
    if (scorable_only) {
      const TissueBox box = off_edge_box(design);
      return kept_ && box.contains(base_) && box.contains(head_);
    }
    return kept_ && imaged_box(design).contains(base_);
  }

 private:
  bool kept_ = false;  // that part of the dendrite
  Position base_;
  Position head_;
};

PhantomTransitionRow count_transition(const PhantomStack& from, const PhantomStack& to,
                                      std::size_t dendrite, bool scorable_only) {
  const PhantomDendrite& path_before = from.dendrites[dendrite];
  const PhantomDendrite& path_after = to.dendrites[dendrite];
  const std::string& dendrite_id = path_after.dendrite_id;
  const CountedSpines before = counted_spines(from, dendrite_id, scorable_only);
  const CountedSpines after = counted_spines(to, dendrite_id, scorable_only);
  PhantomTransitionRow row;
  row.subject_id = from.identity.subject_id;
  row.fov = from.identity.fov;
  row.dendrite_id = dendrite_id;
  row.session_from = from.identity.session_id;
  row.session_to = to.identity.session_id;
  row.scorable_only = scorable_only;
  for (const auto& [id, spine] : before) {
    row.n_stable += after.contains(id);
    row.n_lost +=
        spine->death_day <= to.identity.day &&
        SpinePlace(path_before, path_after, *spine).is_in_view(design_of(to), scorable_only);
  }
  for (const auto& [id, spine] : after) {
    row.n_gained +=
        spine->birth_day > from.identity.day &&
        SpinePlace(path_after, path_before, *spine).is_in_view(design_of(from), scorable_only);
  }
  row.n_from = row.n_stable + row.n_lost;
  row.n_to = row.n_stable + row.n_gained;
  return row;
}

double length_inside_um(const PhantomDendrite& dendrite, const TissueBox& volume) {
  int num_steps = 0;
  for (std::size_t i = 1; i < dendrite.nodes.size(); ++i) {
    num_steps += volume.contains(dendrite.nodes[i - 1]) && volume.contains(dendrite.nodes[i]);
  }
  return num_steps * DendritePath::node_step_um;
}

}  // namespace

std::vector<PhantomTransitionRow> count_transitions(
    const std::vector<const PhantomStack*>& sessions) {
  std::vector<PhantomTransitionRow> rows;
  for (std::size_t i = 1; i < sessions.size(); ++i) {
    for (std::size_t dendrite = 0; dendrite < sessions[i]->dendrites.size(); ++dendrite) {
      for (const bool scorable_only : {false, true}) {
        rows.push_back(count_transition(*sessions[i - 1], *sessions[i], dendrite, scorable_only));
      }
    }
  }
  return rows;
}

std::vector<PhantomSummaryRow> summarise_truth(const PhantomStack& stack) {
  const TissueBox volume = imaged_box(design_of(stack));
  std::vector<PhantomSummaryRow> rows;
  for (const PhantomDendrite& dendrite : stack.dendrites) {
    PhantomSummaryRow row;
    row.subject_id = stack.identity.subject_id;
    row.group = stack.identity.group;
    row.session_id = stack.identity.session_id;
    row.day = stack.identity.day;
    row.fov = stack.identity.fov;
    row.dendrite_id = dendrite.dendrite_id;
    row.length_um = length_inside_um(dendrite, volume);
    row.n_spines = static_cast<int>(counted_spines(stack, dendrite.dendrite_id, false).size());
    row.n_scorable = static_cast<int>(counted_spines(stack, dendrite.dendrite_id, true).size());
    if (row.length_um > 0) {
      row.density_per_um = row.n_spines / row.length_um;
      row.scorable_density_per_um = row.n_scorable / row.length_um;
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace bramble
