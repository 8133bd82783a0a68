#include "pipeline/phantom/phantom_study.hpp"

#include "kernels/core/error.hpp"
#include "pipeline/phantom/anatomy.hpp"
#include "pipeline/phantom/check_parameters.hpp"
#include "pipeline/phantom/detector.hpp"
#include "pipeline/phantom/light.hpp"
#include "pipeline/phantom/optics.hpp"
#include "pipeline/phantom/random.hpp"
#include "pipeline/phantom/session_pose.hpp"
#include "pipeline/phantom/session_view.hpp"
#include "pipeline/phantom/truth.hpp"

#include <cmath>
#include <cstdio>
#include <iterator>
#include <string>
#include <utility>

namespace bramble {
namespace {

struct Group {
  const char* name;
  char letter;  // of the subject's label
  bool treated;
};
// In the order of the subjects' labels.
constexpr Group groups[] = {{"ketamine", 'K', true}, {"saline", 'S', false}};
constexpr std::size_t num_groups = std::size(groups);

constexpr Detector detector{};

// Which group, animal, field and session the i-th stack is.
struct StackPlace {
  std::size_t group = 0;
  std::size_t animal = 0;  // within its group
  std::size_t field = 0;   // within its animal
  std::size_t session = 0;

  // An animal keeps its random numbers when a study gets more animals.
  PhantomField tissue() const noexcept {
    return {
        .animal = animal * num_groups + group, .field = field, .treated = groups[group].treated};
  }
};

std::size_t num_stacks(const PhantomParameters& parameters) {
  return num_groups * static_cast<std::size_t>(parameters.animals_per_group) *
         static_cast<std::size_t>(parameters.fields_per_animal) * parameters.session_days.size();
}

StackPlace place_of(const PhantomParameters& parameters, std::size_t i) {
  const std::size_t num_sessions = parameters.session_days.size();
  const auto num_fields = static_cast<std::size_t>(parameters.fields_per_animal);
  const auto num_animals = static_cast<std::size_t>(parameters.animals_per_group);
  const std::size_t field = i / num_sessions;
  const std::size_t animal = field / num_fields;
  return {.group = animal / num_animals,
          .animal = animal % num_animals,
          .field = field % num_fields,
          .session = i % num_sessions};
}

StackIdentity identify(const PhantomParameters& parameters, StackPlace place) {
  const Group& group = groups[place.group];
  const double day = parameters.session_days[place.session];
  char subject[16];
  char session[24];
  char fov[24];
  std::snprintf(subject, sizeof subject, "%c%02zu", group.letter, place.animal + 1);
  std::snprintf(session, sizeof session, "ses-d%s%02.0f", day < 0 ? "m" : "", std::abs(day));
  std::snprintf(fov, sizeof fov, "chunk-%02zu", place.field + 1);
  StackIdentity identity;
  identity.subject_id = subject;
  identity.group = group.name;
  identity.session_id = session;
  identity.day = day;
  identity.region = "MOs";
  identity.sample = "cortex";
  identity.fov = fov;
  identity.fov_uid = identity.subject_id + "_" + identity.fov;
  identity.channel = "GFP";
  return identity;
}

Acquisition acquisition_of(const PhantomParameters& parameters) {
  Acquisition acquisition;
  acquisition.extent = parameters.extent;
  acquisition.spacing = parameters.spacing;
  acquisition.voxel_type = "uint16";
  acquisition.offset_counts = static_cast<float>(detector.offset_counts);
  acquisition.saturation_value = static_cast<float>(detector.saturation_counts);
  acquisition.excitation_nm = 920.0f;
  acquisition.numerical_aperture = 1.0f;
  acquisition.refractive_index = 1.33f;
  acquisition.qc_status = "good";
  return acquisition;
}

PhantomDendrite describe_path(const DendritePath& path, std::size_t index) {
  return {.dendrite_id = phantom_dendrite_id(index),
          .nodes = path.nodes,
          .radius_um = {path.radius_um.begin(), path.radius_um.end()}};
}

}  // namespace

std::vector<StackIdentity> phantom_identities(const PhantomParameters& parameters) {
  check_parameters(parameters);
  std::vector<StackIdentity> identities;
  for (std::size_t i = 0; i < num_stacks(parameters); ++i) {
    identities.push_back(identify(parameters, place_of(parameters, i)));
  }
  return identities;
}

PhantomStack phantom_stack(const PhantomParameters& parameters, std::size_t i) {
  check_parameters(parameters);
  if (i >= num_stacks(parameters)) {
    throw InvalidArgument("phantom: there is no stack " + std::to_string(i) + "; the study has " +
                          std::to_string(num_stacks(parameters)) + ", counted from 0");
  }
  const StackPlace place = place_of(parameters, i);
  const PhantomField field = place.tissue();
  const SessionPose pose = draw_pose(parameters, field, place.session);
  const std::vector<SessionDendrite> dendrites =
      view_session(parameters, field, place.session, pose);

  PhantomStack stack;
  stack.identity = identify(parameters, place);
  stack.acquisition = acquisition_of(parameters);
  std::vector<DyedCell> cells;
  for (std::size_t d = 0; d < dendrites.size(); ++d) {
    stack.dendrites.push_back(describe_path(dendrites[d].path, d));
    for (PhantomSpine& spine :
         describe_spines(dendrites[d], d, parameters.extent, parameters.spacing)) {
      stack.spines.push_back(std::move(spine));
    }
    cells.push_back(dye(dendrites[d]));
  }

  Volume<float> photons(MemorySpace::host, parameters.extent, parameters.spacing);
  image_cells(cells, {parameters.psf_fwhm_xy_um, parameters.psf_fwhm_z_um}, photons.view());
  light_up(draw_light(parameters, field, place.session, pose), photons.view());
  stack.counts.reshape(parameters.extent, parameters.spacing);
  const RandomPlace noise{.seed = parameters.seed,
                          .purpose = RandomPurpose::detector,
                          .animal = field.animal,
                          .field = field.field,
                          .session = place.session};
  detect(detector, random_key(noise), photons.view(), stack.counts.view());
  return stack;
}

}  // namespace bramble
