#include "pipeline/phantom/bystanders.hpp"

#include "pipeline/phantom/anatomy.hpp"
#include "pipeline/phantom/tissue_region.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace bramble {
namespace {

constexpr std::uint64_t num_fields = 100;

double nearest_surface_um(const std::vector<DendritePath>& dendrites, Position point) {
  double nearest_um = 1e9;
  for (const DendritePath& dendrite : dendrites) {
    nearest_um = std::min(nearest_um, nearest_node(dendrite, point).from_surface_um);
  }
  return nearest_um;
}

TEST(Axons, have_the_specified_number_size_and_gain) {
  const PhantomParameters parameters;
  double num_axons = 0;
  for (std::uint64_t animal = 0; animal < num_fields; ++animal) {
    for (const Axon& axon : grow_axons(parameters, {.animal = animal}, {})) {
      ++num_axons;
      ASSERT_GE(axon.radius_um, 0.10);
      ASSERT_LE(axon.radius_um, 0.18);
      ASSERT_GE(axon.gain, 0.2);
      ASSERT_LE(axon.gain, 0.5);
    }
  }

  EXPECT_NEAR(num_axons / num_fields, 6, 0.8);  // standard error 0.25
}

TEST(Axons, carry_a_bouton_about_every_8_um) {
  double length_um = 0;
  double num_boutons = 0;
  for (std::uint64_t animal = 0; animal < 20; ++animal) {
    for (const Axon& axon : grow_axons({}, {.animal = animal}, {})) {
      length_um += 0.5 * static_cast<double>(axon.nodes.size() - 1);
      num_boutons += static_cast<double>(axon.boutons.size());
      for (const Ball& bouton : axon.boutons) {
        ASSERT_GE(bouton.radius_um, 0.3);
        ASSERT_LE(bouton.radius_um, 0.5);
        ASSERT_NE(std::find(axon.nodes.begin(), axon.nodes.end(), bouton.centre), axon.nodes.end());
      }
    }
  }

  EXPECT_NEAR(length_um / num_boutons, 8, 0.5);
}

TEST(Axons, pass_mostly_in_plane_and_through_no_dendrite) {
  int num_nodes = 0;
  int num_steep = 0;
  for (std::uint64_t animal = 0; animal < 20; ++animal) {
    const PhantomField field{.animal = animal};
    const std::vector<DendritePath> dendrites = grow_dendrites({}, field);
    for (const Axon& axon : grow_axons({}, field, dendrites)) {
      for (std::size_t i = 1; i < axon.nodes.size(); ++i) {
        const Position chord = axon.nodes[i] - axon.nodes[i - 1];
        ++num_nodes;
        num_steep += std::abs(chord.z_um) > 0.5 * length_um(chord);
        ASSERT_GT(nearest_surface_um(dendrites, axon.nodes[i]), 0.5);
      }
    }
  }

  EXPECT_GT(num_nodes, 5000);
  EXPECT_LT(num_steep, 0.05 * num_nodes);
}

TEST(Puncta, have_the_specified_density_size_and_gain) {
  const PhantomParameters parameters;
  const TissueBox imaged = imaged_box(parameters.design);
  double num_seen = 0;
  for (std::uint64_t animal = 0; animal < num_fields; ++animal) {
    for (const Punctum& punctum : scatter_puncta(parameters, {.animal = animal}, {})) {
      num_seen += imaged.contains(punctum.ball.centre);
      ASSERT_GE(punctum.ball.radius_um, 0.15);
      ASSERT_LE(punctum.ball.radius_um, 0.4);
      ASSERT_GE(punctum.gain, 0.3);
      ASSERT_LE(punctum.gain, 1.5);
    }
  }

  EXPECT_NEAR(num_seen / num_fields, 2, 0.5);  // standard error 0.14; centres span 23 of 24 um
}

TEST(Puncta, keep_1_um_off_the_shafts) {
  int num_puncta = 0;
  for (std::uint64_t animal = 0; animal < num_fields; ++animal) {
    const PhantomField field{.animal = animal};
    const std::vector<DendritePath> dendrites = grow_dendrites({}, field);
    for (const Punctum& punctum : scatter_puncta({}, field, dendrites)) {
      ++num_puncta;
      ASSERT_GE(nearest_surface_um(dendrites, punctum.ball.centre), 1 + punctum.ball.radius_um);
    }
  }

  EXPECT_GT(num_puncta, 300);
}

TEST(Bystanders, are_none_at_density_0) {
  PhantomParameters parameters;
  parameters.dendrites.axons_per_24576_um3 = 0;
  parameters.dendrites.puncta_per_24576_um3 = 0;

  EXPECT_TRUE(grow_axons(parameters, {}, {}).empty());
  EXPECT_TRUE(scatter_puncta(parameters, {}, {}).empty());
}

}  // namespace
}  // namespace bramble
