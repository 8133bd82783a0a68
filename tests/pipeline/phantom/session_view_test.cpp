#include "pipeline/phantom/session_view.hpp"

#include "pipeline/phantom/anatomy.hpp"
#include "pipeline/phantom/tissue_region.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace bramble {
namespace {

constexpr PhantomField field{.animal = 2, .field = 1, .treated = true};

SessionTissue view(const PhantomParameters& parameters, std::size_t session) {
  return view_session(parameters, field, session, draw_pose(parameters, field, session));
}

PhantomParameters branching() {
  PhantomParameters parameters;
  parameters.dendrites.branching_frac = 1;
  return parameters;
}

using SpinesBySerial = std::map<std::uint64_t, const SessionSpine*>;

SpinesBySerial by_serial(const SessionDendrite& dendrite) {
  SpinesBySerial spines;
  for (const SessionSpine& spine : dendrite.spines) {
    spines[spine.life.serial] = &spine;
  }
  return spines;
}

TEST(ViewSession, dendrite_and_branch_are_one_cell_and_bystanders_have_their_own) {
  const SessionTissue tissue = view(branching(), 0);
  std::size_t num_trunks = 0;
  std::size_t num_branches = 0;
  for (const SessionDendrite& dendrite : tissue.dendrites) {
    num_trunks += dendrite.path.parent < 0;
    num_branches += dendrite.path.parent >= 0;
  }
  std::size_t num_without_spines = 0;
  for (const DyedCell& cell : tissue.cells) {
    num_without_spines += cell.spines.empty();
  }

  ASSERT_GT(num_branches, 0u);
  EXPECT_EQ(tissue.cells.size() - num_without_spines, num_trunks);
  EXPECT_GT(num_without_spines, 3u);
  for (std::size_t i = 0; i < num_trunks; ++i) {
    EXPECT_EQ(tissue.cells[i].gain, tissue.dendrites[i].path.gain);
  }
}

TEST(ViewSession, every_spine_knows_its_body) {
  const PhantomParameters parameters = branching();
  const SessionTissue tissue = view(parameters, 1);
  const TissueBox imaged = imaged_box(parameters.design);
  std::size_t num_spines = 0;
  std::size_t num_bodies = 0;
  for (const DyedCell& cell : tissue.cells) {
    num_bodies += cell.spines.size();
  }
  for (const SessionDendrite& dendrite : tissue.dendrites) {
    for (const SessionSpine& spine : dendrite.spines) {
      ++num_spines;
      const DyedBody& body = tissue.cells.at(spine.cell).spines.at(spine.body);
      if (body.spheroids.empty()) {
        EXPECT_FALSE(imaged.contains(spine.shape.base));
        continue;
      }
      EXPECT_EQ(body.capsules[0].from, spine.shape.base);
      EXPECT_EQ(body.spheroids[0].centre, spine.shape.head);
      EXPECT_EQ(body.spheroids.size(), spine.shape.form.branched() ? 2u : 1u);
    }
  }

  EXPECT_GT(num_spines, 50u);
  EXPECT_EQ(num_bodies, num_spines);
}

TEST(ViewSession, nothing_is_imaged_far_outside) {
  const PhantomParameters parameters;
  const Position margin{7, 7, 7};  // 6 um and the length of a capsule
  const TissueBox imaged = imaged_box(parameters.design);
  const TissueBox around{imaged.low - margin, imaged.high + margin};
  for (const DyedCell& cell : view(parameters, 2).cells) {
    EXPECT_FALSE(cell.shaft.capsules.empty() && cell.shaft.spheroids.empty());
    for (const Capsule& capsule : cell.shaft.capsules) {
      ASSERT_TRUE(around.contains(capsule.from));
    }
  }
}

TEST(ViewSession, branch_starts_on_its_parent_and_has_no_spines_on_the_joint) {
  const SessionTissue tissue = view(branching(), 1);
  int num_branches = 0;
  for (const SessionDendrite& dendrite : tissue.dendrites) {
    const DendritePath& path = dendrite.path;
    if (path.parent < 0) {
      continue;
    }
    ++num_branches;
    const DendritePath& parent = tissue.dendrites[static_cast<std::size_t>(path.parent)].path;
    EXPECT_EQ(path.nodes.front(), parent.nodes.at(static_cast<std::size_t>(path.parent_node)));
    for (const SessionSpine& spine : dendrite.spines) {
      EXPECT_GE(spine.life.path_um, path.bare_um);
    }
  }

  EXPECT_GT(num_branches, 0);
}

TEST(ViewSession, spine_sits_on_its_shaft_and_keeps_its_length_in_every_session) {
  for (const std::size_t session : {0u, 3u}) {
    for (const SessionDendrite& dendrite : view(branching(), session).dendrites) {
      for (const SessionSpine& spine : dendrite.spines) {
        EXPECT_NEAR(distance_um(spine.shaft.position, spine.shape.base), 0, 1e-3);
        EXPECT_NEAR(distance_um(spine.shape.base, spine.shape.tip),
                    spine.shaft.radius_um + spine.shape.length_um(), 1e-9);
      }
    }
  }
}

TEST(ViewSession, frozen_tissue_changes_in_nothing_but_its_pose) {
  PhantomParameters parameters;
  parameters.turnover.frozen = true;
  parameters.pose = {.shift_xy_um = 0,
                     .shift_z_um = 0,
                     .rotation_deg = 0,
                     .tilt_deg = 0,
                     .scale_frac = 0,
                     .warp_um = 0};

  const SessionTissue first = view(parameters, 0);
  const SessionTissue last = view(parameters, 3);

  ASSERT_EQ(first.dendrites.size(), last.dendrites.size());
  for (std::size_t d = 0; d < first.dendrites.size(); ++d) {
    const SessionDendrite& before = first.dendrites[d];
    const SessionDendrite& after = last.dendrites[d];
    ASSERT_EQ(before.spines.size(), after.spines.size());
    for (std::size_t i = 0; i < before.spines.size(); ++i) {
      ASSERT_NEAR(distance_um(before.spines[i].shape.tip, after.spines[i].shape.tip), 0, 1e-9);
      ASSERT_EQ(before.spines[i].shape.form.head_diameter_um,
                after.spines[i].shape.form.head_diameter_um);
    }
  }
}

TEST(ViewSession, longer_study_and_more_animals_keep_what_is_there) {
  PhantomParameters larger;
  larger.design.session_days = {-3, -1, 1, 3, 20};
  larger.design.animals_per_group = 9;
  larger.design.fields_per_animal = 5;

  const SessionTissue tissue = view({}, 3);
  const SessionTissue same = view(larger, 3);

  ASSERT_EQ(tissue.dendrites.size(), same.dendrites.size());
  EXPECT_EQ(tissue.cells.size(), same.cells.size());
  for (std::size_t d = 0; d < tissue.dendrites.size(); ++d) {
    const SpinesBySerial before = by_serial(tissue.dendrites[d]);
    const SpinesBySerial after = by_serial(same.dendrites[d]);
    ASSERT_EQ(before.size(), after.size());
    for (const auto& [serial, spine] : before) {
      ASSERT_TRUE(after.contains(serial));
      ASSERT_EQ(after.at(serial)->shape.tip, spine->shape.tip);
    }
  }
}

TEST(ViewSession, retracted_end_takes_its_spines_along) {
  PhantomParameters parameters = branching();
  parameters.dendrites.retraction_frac = 1;
  parameters.turnover.frozen = true;

  const SessionTissue before = view(parameters, 1);
  const SessionTissue after = view(parameters, 2);

  ASSERT_EQ(before.dendrites.size(), after.dendrites.size());
  for (std::size_t d = 0; d < before.dendrites.size(); ++d) {
    const SessionDendrite& rest = after.dendrites[d];
    EXPECT_LT(rest.path.nodes.size(), before.dendrites[d].path.nodes.size());
    EXPECT_LT(rest.spines.size(), before.dendrites[d].spines.size());
    for (const SessionSpine& spine : rest.spines) {
      EXPECT_LT(nearest_node(rest.path, spine.shape.base).from_surface_um, 0);
    }
    if (rest.path.parent >= 0) {
      const DendritePath& parent = after.dendrites[static_cast<std::size_t>(rest.path.parent)].path;
      EXPECT_EQ(rest.path.nodes.front(),
                parent.nodes.at(static_cast<std::size_t>(rest.path.parent_node)));
    }
  }
}

TEST(ViewSession, bystanders_keep_their_numbers_over_sessions) {
  PhantomParameters parameters;
  parameters.pose.shift_xy_um = 1;
  parameters.dendrites.puncta_per_24576_um3 = 20;
  std::map<std::pair<BystanderKind, std::size_t>, double> radii;
  for (const SessionBystander& bystander : view(parameters, 0).bystanders) {
    radii[{bystander.kind, bystander.number}] = bystander.ball.radius_um;
  }

  int num_shared = 0;
  for (const SessionBystander& bystander : view(parameters, 3).bystanders) {
    const auto found = radii.find({bystander.kind, bystander.number});
    if (found != radii.end()) {
      ++num_shared;
      EXPECT_EQ(found->second, bystander.ball.radius_um);
    }
  }

  EXPECT_GT(num_shared, 20);
}

}  // namespace
}  // namespace bramble
