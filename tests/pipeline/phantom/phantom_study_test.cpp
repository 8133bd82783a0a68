#include "pipeline/phantom/phantom_study.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace bramble {
namespace {

// Two groups of two animals with one field and three sessions.
PhantomParameters small_study() {
  PhantomParameters parameters;
  parameters.design.animals_per_group = 2;
  parameters.design.fields_per_animal = 1;
  parameters.design.session_days = {-1, 1, 3};
  parameters.design.extent = {12, 96, 97};
  return parameters;
}

std::vector<std::uint16_t> counts_of(const PhantomParameters& parameters, std::size_t i) {
  const PhantomStack stack = phantom_stack(parameters, i);
  return {stack.counts.voxels().begin(), stack.counts.voxels().end()};
}

std::vector<std::uint16_t> counts_with_threads(int num_threads) {
  const int before = omp_get_max_threads();
  omp_set_num_threads(num_threads);
  std::vector<std::uint16_t> counts = counts_of(small_study(), 1);
  omp_set_num_threads(before);
  return counts;
}

TEST(PhantomIdentities, are_ordered_by_subject_field_and_session) {
  PhantomParameters parameters;
  parameters.design.animals_per_group = 2;
  parameters.design.fields_per_animal = 2;
  parameters.design.session_days = {-3, 0, 10};

  const std::vector<StackIdentity> identities = phantom_identities(parameters);

  ASSERT_EQ(identities.size(), 24u);
  EXPECT_EQ(identities[0].subject_id, "K01");
  EXPECT_EQ(identities[0].group, "ketamine");
  EXPECT_EQ(identities[0].session_id, "ses-dm03");
  EXPECT_EQ(identities[0].day, -3);
  EXPECT_EQ(identities[0].fov, "chunk-01");
  EXPECT_EQ(identities[1].session_id, "ses-d00");
  EXPECT_EQ(identities[2].session_id, "ses-d10");
  EXPECT_EQ(identities[3].fov, "chunk-02");
  EXPECT_EQ(identities[3].fov_uid, "K01_chunk-02");
  EXPECT_EQ(identities[6].subject_id, "K02");
  EXPECT_EQ(identities[12].subject_id, "S01");
  EXPECT_EQ(identities[12].group, "saline");
  EXPECT_EQ(identities[23].subject_id, "S02");
  EXPECT_EQ(identities[23].region, "MOs");
  EXPECT_EQ(identities[23].channel, "GFP");
}

TEST(PhantomStack, carries_its_identity_and_acquisition) {
  const PhantomParameters parameters = small_study();

  const PhantomStack stack = phantom_stack(parameters, 4);

  EXPECT_EQ(stack.identity.subject_id, phantom_identities(parameters)[4].subject_id);
  EXPECT_EQ(stack.identity.session_id, phantom_identities(parameters)[4].session_id);
  EXPECT_EQ(stack.counts.extent(), parameters.design.extent);
  EXPECT_EQ(stack.counts.spacing(), parameters.design.spacing);
  EXPECT_EQ(stack.acquisition.extent, parameters.design.extent);
  EXPECT_EQ(stack.acquisition.voxel_type, "uint16");
  EXPECT_EQ(stack.acquisition.offset_counts, 100);
  EXPECT_EQ(stack.acquisition.saturation_value, 4095);
  EXPECT_EQ(stack.acquisition.psf_path, "/psf/assumed");
  EXPECT_EQ(stack.motion.size(), 12u);
}

TEST(PhantomStack, has_the_truth_that_comes_without_an_image) {
  const PhantomStack stack = phantom_stack(small_study(), 2);
  const PhantomStack truth = phantom_truth(small_study(), 2);

  EXPECT_EQ(truth.counts.extent().num_voxels(), 0);
  ASSERT_EQ(truth.spines.size(), stack.spines.size());
  for (std::size_t i = 0; i < truth.spines.size(); ++i) {
    EXPECT_EQ(truth.spines[i].spine_id, stack.spines[i].spine_id);
    EXPECT_EQ(truth.spines[i].head, stack.spines[i].head);
    EXPECT_EQ(truth.spines[i].d_prime, 0);
    EXPECT_TRUE(stack.spines[i].d_prime > 0 || !stack.spines[i].scorable);
  }
}

TEST(PhantomAssumedPsf, is_the_usual_one_whatever_the_study_is_blurred_with) {
  PhantomParameters other = small_study();
  other.optics.psf_fwhm_z_um = 2.5f;

  const Volume<float> psf = phantom_assumed_psf(small_study());
  const Volume<float> same = phantom_assumed_psf(other);

  EXPECT_EQ(psf.extent(), same.extent());
  EXPECT_TRUE(std::ranges::equal(psf.voxels(), same.voxels()));
  double sum = 0;
  for (const float value : psf.voxels()) {
    sum += value;
  }
  EXPECT_NEAR(sum, 1, 1e-4);
}

TEST(PhantomEvents, add_up_over_the_sessions_of_each_dendrite) {
  const PhantomEvents events = phantom_events(small_study());

  // Two rows (all, scorable) for each of two pairs of sessions, one summary row a session.
  EXPECT_EQ(events.transitions.size() * 3, events.summary.size() * 4);
  for (const PhantomTransitionRow& row : events.transitions) {
    EXPECT_EQ(row.n_from, row.n_stable + row.n_lost);
    EXPECT_EQ(row.n_to, row.n_stable + row.n_gained);
  }
}

TEST(PhantomStack, is_the_same_for_any_number_of_threads) {
  const std::vector<std::uint16_t> one = counts_with_threads(1);

  EXPECT_EQ(counts_with_threads(2), one);
  EXPECT_EQ(counts_with_threads(3), one);
}

TEST(PhantomStack, other_seed_session_or_animal_gives_another_image) {
  PhantomParameters other_seed = small_study();
  other_seed.seed = 2;
  const std::set<std::vector<std::uint16_t>> images{
      counts_of(small_study(), 0), counts_of(small_study(), 1), counts_of(small_study(), 3),
      counts_of(small_study(), 6), counts_of(other_seed, 0)};

  EXPECT_EQ(images.size(), 5u);
}

TEST(PhantomStack, animal_stays_the_same_in_a_larger_study) {
  PhantomParameters larger = small_study();
  larger.design.animals_per_group = 3;

  EXPECT_EQ(counts_of(larger, 9), counts_of(small_study(), 6));  // the first session of S01
}

TEST(PhantomStack, spine_keeps_its_id_and_its_place_along_the_shaft_over_sessions) {
  const PhantomParameters parameters = small_study();
  const PhantomStack first = phantom_stack(parameters, 0);
  const PhantomStack second = phantom_stack(parameters, 1);
  std::map<std::string, const PhantomSpine*> before;
  for (const PhantomSpine& spine : first.spines) {
    before[spine.spine_id] = &spine;
  }

  std::size_t num_shared = 0;
  for (const PhantomSpine& spine : second.spines) {
    const auto found = before.find(spine.spine_id);
    if (found == before.end() || spine.pool.empty()) {  // boutons and puncta have no pool
      continue;
    }
    ++num_shared;
    EXPECT_EQ(spine.dendrite_id, found->second->dendrite_id);
    EXPECT_EQ(spine.neck_length_um, found->second->neck_length_um);
    EXPECT_NEAR(spine.lateral_protrusion_um, found->second->lateral_protrusion_um, 0.5);
  }

  // Two days of turnover take about 5 %.
  EXPECT_GT(static_cast<double>(num_shared), 0.8 * static_cast<double>(first.spines.size()));
  EXPECT_EQ(before.size(), first.spines.size());  // ids are unique
}

TEST(PhantomStack, shafts_and_large_scorable_heads_lie_where_the_image_is_bright) {
  PhantomParameters parameters;
  parameters.light.peak_photons = 90;
  double shaft_sum = 0;
  double head_sum = 0;
  double background_sum = 0;
  int num_shafts = 0;
  int num_heads = 0;
  for (const std::size_t i : {0u, 8u, 16u, 32u, 40u, 48u}) {
    const PhantomStack stack = phantom_stack(parameters, i);
    std::vector<std::uint16_t> sorted(stack.counts.voxels().begin(), stack.counts.voxels().end());
    std::nth_element(sorted.begin(),
                     sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2), sorted.end());
    background_sum += sorted[sorted.size() / 2];
    for (const Position& node : stack.dendrites[0].nodes) {
      const Voxel voxel = nearest_voxel(node, parameters.design.spacing);
      if (parameters.design.extent.contains(voxel)) {
        shaft_sum += stack.counts.view()(voxel);
        ++num_shafts;
      }
    }
    for (const PhantomSpine& spine : stack.spines) {
      if (spine.scorable && spine.head_diameter_um > 0.5) {
        head_sum += stack.counts.view()(nearest_voxel(spine.head, parameters.design.spacing));
        ++num_heads;
      }
    }
  }
  const double background = background_sum / 6;

  ASSERT_GT(num_heads, 5);
  // A nominal shaft has 90 photons, 1800 counts; a head of more than 0.5 um at least a third of
  // that.
  EXPECT_GT(shaft_sum / num_shafts, background + 700);
  EXPECT_GT(head_sum / num_heads, background + 300);
}

TEST(PhantomStack, treated_animals_gain_more_spines_than_controls_in_the_truth) {
  PhantomParameters parameters;
  parameters.design.extent = {8, 64, 64};
  parameters.design.animals_per_group = 6;
  parameters.design.fields_per_animal = 1;
  parameters.design.session_days = {-1, 3};
  parameters.turnover.extra_persistent_frac = 1.0f;
  std::map<std::string, double> num_before;
  std::map<std::string, double> num_after;
  const std::size_t num_stacks = phantom_identities(parameters).size();

  for (std::size_t i = 0; i < num_stacks; ++i) {
    const PhantomStack stack = phantom_truth(parameters, i);
    auto& num_spines = stack.identity.day < 0 ? num_before : num_after;
    num_spines[stack.identity.group] += static_cast<double>(stack.spines.size());
  }

  // 1.0 persistent and 0.4 transient spines more, of which exp(-3 / 2) are still to come on day 3
  // and some have gone.
  EXPECT_GT(num_after["ketamine"] / num_before["ketamine"],
            num_after["saline"] / num_before["saline"] + 0.5);
}

TEST(PhantomStack, parameters_out_of_range_are_refused) {
  PhantomParameters parameters = small_study();
  parameters.light.peak_photons = -1;

  EXPECT_THROW(phantom_stack(parameters, 0), InvalidArgument);
  EXPECT_THROW(phantom_truth(parameters, 0), InvalidArgument);
  EXPECT_THROW(phantom_identities(parameters), InvalidArgument);
  EXPECT_THROW(phantom_events(parameters), InvalidArgument);
}

TEST(PhantomStack, index_beyond_the_study_is_refused) {
  EXPECT_THROW(phantom_stack(small_study(), 12), InvalidArgument);
}

TEST(PhantomStack, smallest_study_works) {
  PhantomParameters parameters;
  parameters.design.animals_per_group = 1;
  parameters.design.fields_per_animal = 1;
  parameters.design.session_days = {5};
  parameters.design.extent = {4, 48, 48};

  const PhantomStack stack = phantom_stack(parameters, 1);

  EXPECT_EQ(stack.identity.subject_id, "S01");
  EXPECT_FALSE(stack.dendrites.empty());
}

}  // namespace
}  // namespace bramble
