#include "jobs/phantom_presets.hpp"

#include "jobs/fields_toml.hpp"
#include "jobs/phantom_fields.hpp"
#include "kernels/core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bramble {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

PhantomParameters with_presets(const std::vector<std::string>& names) {
  PhantomParameters parameters;
  apply_phantom_presets(names, parameters);
  return parameters;
}

std::string text_of(PhantomParameters parameters) {
  return fields_to_toml(phantom_fields(parameters));
}

std::string refusal_of(const std::string& preset) {
  try {
    with_presets({preset});
    return {};
  } catch (const InvalidArgument& error) {
    return error.what();
  }
}

TEST(PhantomPresets, the_default_changes_nothing_and_every_other_does) {
  for (const PhantomPreset& preset : phantom_presets()) {
    const bool same = text_of(with_presets({std::string(preset.name)})) == text_of({});

    EXPECT_EQ(same, preset.name == "default") << preset.name;
  }
}

TEST(PhantomPresets, a_variant_is_the_preset_of_that_number_in_any_case) {
  EXPECT_EQ(text_of(with_presets({"v1"})), text_of(with_presets({"Low_Light"})));
  EXPECT_EQ(with_presets({"V1"}).light.peak_photons, 12);
}

TEST(PhantomPresets, add_up_in_their_order) {
  const PhantomParameters parameters = with_presets({"smoke", "frozen", "V4"});

  EXPECT_EQ(parameters.design.animals_per_group, 3);
  EXPECT_TRUE(parameters.turnover.frozen);
  EXPECT_EQ(parameters.optics.psf_fwhm_z_um, 2.5f);
}

TEST(PhantomPresets, other_voxels_show_the_same_field) {
  const PhantomParameters coarse = with_presets({"V13a"});
  const PhantomParameters fine = with_presets({"V13b"});

  EXPECT_EQ(coarse.design.extent, (Extent{16, 246, 246}));
  EXPECT_EQ(fine.design.extent, (Extent{48, 400, 400}));
}

TEST(PhantomPresets, drift_is_the_rate_of_the_reference) {
  const PhantomTurnover turnover = with_presets({"drift"}).turnover;

  const double births_per_day = turnover.persistent_birth_ratio * (1 - turnover.transient_frac) /
                                turnover.persistent_lifetime_days;
  EXPECT_NEAR(births_per_day, 0.0007, 1e-7);
}

TEST(PhantomPresets, an_unknown_name_is_refused_with_the_nearest) {
  EXPECT_THAT(refusal_of("smok"), HasSubstr("did you mean smoke?"));
  EXPECT_THAT(refusal_of("xyzzyxyzzy"), HasSubstr("known: tiny, smoke"));
  EXPECT_THAT(refusal_of(""), HasSubstr("unknown"));
}

TEST(PhantomFields, what_is_printed_reads_back_the_same) {
  PhantomParameters parameters = with_presets({"large", "V6", "ph2016"});
  parameters.seed = 18;
  parameters.optics.psf = PhantomPsfModel::gibson_lanni;
  parameters.design.region = "PL";

  PhantomParameters read;
  assign_from_toml(text_of(parameters), "printed", phantom_fields(read));

  EXPECT_EQ(text_of(read), text_of(parameters));
  EXPECT_EQ(read.seed, 18u);
  EXPECT_EQ(read.optics.psf, PhantomPsfModel::gibson_lanni);
  EXPECT_EQ(read.design.extent, (Extent{40, 1024, 1024}));
  EXPECT_THAT(read.design.session_days, ElementsAre(-3, -1, 1, 3, 5, 10, 15));
}

TEST(PhantomFields, values_of_the_wrong_type_are_refused) {
  const auto refusal = [](const std::string& text) -> std::string {
    PhantomParameters parameters;
    try {
      assign_from_toml(text, "lab.toml", phantom_fields(parameters));
      return {};
    } catch (const InvalidArgument& error) {
      return error.what();
    }
  };

  EXPECT_THAT(refusal("[optics]\npsf = \"airy\"\n"), HasSubstr("gibson_lanni"));
  EXPECT_THAT(refusal("[design]\nsession_days = 3\n"), HasSubstr("a list of numbers"));
  EXPECT_THAT(refusal("[design]\nextent = [1, 2]\n"), HasSubstr("three integers"));
  EXPECT_THAT(refusal("[design]\nseed = -1\n"), HasSubstr("at least 0"));
  EXPECT_THAT(refusal("[turnover]\nfrozen = 1\n"), HasSubstr("true or false"));
  EXPECT_THAT(refusal("[light]\npeak_photon = 1\n"), HasSubstr("did you mean peak_photons?"));
}

}  // namespace
}  // namespace bramble
