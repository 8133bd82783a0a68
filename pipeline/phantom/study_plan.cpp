#include "pipeline/phantom/study_plan.hpp"

#include "kernels/core/error.hpp"

#include <cmath>
#include <cstdio>
#include <iterator>
#include <string>

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

}  // namespace

PhantomField StackPlace::tissue() const noexcept {
  return {.animal = animal * num_groups + group, .field = field, .treated = groups[group].treated};
}

std::size_t num_stacks(const PhantomParameters& parameters) {
  return num_groups * static_cast<std::size_t>(parameters.design.animals_per_group) *
         static_cast<std::size_t>(parameters.design.fields_per_animal) *
         parameters.design.session_days.size();
}

StackPlace place_of_stack(const PhantomParameters& parameters, std::size_t i) {
  if (i >= num_stacks(parameters)) {
    throw InvalidArgument("phantom: there is no stack " + std::to_string(i) + "; the study has " +
                          std::to_string(num_stacks(parameters)) + ", counted from 0");
  }
  const std::size_t num_sessions = parameters.design.session_days.size();
  const auto num_fields = static_cast<std::size_t>(parameters.design.fields_per_animal);
  const auto num_animals = static_cast<std::size_t>(parameters.design.animals_per_group);
  const std::size_t field = i / num_sessions;
  const std::size_t animal = field / num_fields;
  return {.group = animal / num_animals,
          .animal = animal % num_animals,
          .field = field % num_fields,
          .session = i % num_sessions};
}

StackIdentity identify(const PhantomParameters& parameters, StackPlace place) {
  const Group& group = groups[place.group];
  const double day = parameters.design.session_days[place.session];
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
  identity.region = parameters.design.region;
  identity.sample = "cortex";
  identity.fov = fov;
  identity.fov_uid = identity.subject_id + "_" + identity.fov;
  identity.channel = "GFP";
  return identity;
}

}  // namespace bramble
