#include "pipeline/phantom/phantom_study.hpp"

#include "pipeline/phantom/check_parameters.hpp"
#include "pipeline/phantom/detector.hpp"
#include "pipeline/phantom/ideal_observer.hpp"
#include "pipeline/phantom/image_cells.hpp"
#include "pipeline/phantom/light.hpp"
#include "pipeline/phantom/optics.hpp"
#include "pipeline/phantom/psf_model.hpp"
#include "pipeline/phantom/random.hpp"
#include "pipeline/phantom/session_pose.hpp"
#include "pipeline/phantom/session_view.hpp"
#include "pipeline/phantom/study_plan.hpp"
#include "pipeline/phantom/truth.hpp"
#include "pipeline/phantom/truth_tables.hpp"

#include <utility>

namespace bramble {
namespace {

constexpr PhantomOptics assumed_optics{};  // the default ones, of which a user knows

// One stack before anything is seen of it.
struct SceneOfStack {
  StackPlace place;
  PhantomField field;
  SessionPose pose;
  SessionTissue tissue;
  StackOptics optics;
};

SceneOfStack make_scene(const PhantomParameters& parameters, std::size_t i) {
  const StackPlace place = place_of_stack(parameters, i);
  const PhantomField field = place.tissue();
  const SessionPose pose = draw_pose(parameters, field, place.session);
  return {.place = place,
          .field = field,
          .pose = pose,
          .tissue = view_session(parameters, field, place.session, pose),
          .optics = make_optics(parameters, field, place.session)};
}

Acquisition acquisition_of(const PhantomParameters& parameters) {
  Acquisition acquisition;
  acquisition.extent = parameters.design.extent;
  acquisition.spacing = parameters.design.spacing;
  acquisition.voxel_type = "uint16";
  acquisition.offset_counts = parameters.detector.offset_counts;
  acquisition.saturation_value = static_cast<float>(parameters.detector.saturation_counts);
  acquisition.excitation_nm = parameters.optics.excitation_nm;
  acquisition.numerical_aperture = parameters.optics.numerical_aperture;
  acquisition.refractive_index = parameters.optics.immersion_refractive_index;
  acquisition.psf_path = "/psf/assumed";
  acquisition.qc_status = "good";
  return acquisition;
}

template <class Row>
void append(std::vector<Row>& rows, const std::vector<Row>& more) {
  rows.insert(rows.end(), more.begin(), more.end());
}

PhantomStack describe(const PhantomParameters& parameters, const SceneOfStack& scene) {
  const StackMotion& motion = scene.optics.motion();
  const AppearsAt appears_at = [&](Position p) { return motion.appears_at(p); };
  PhantomStack stack;
  stack.identity = identify(parameters, scene.place);
  stack.acquisition = acquisition_of(parameters);
  stack.transform = describe_transform(scene.pose);
  stack.motion = motion.slices();
  const std::vector<SessionDendrite>& dendrites = scene.tissue.dendrites;
  for (std::size_t d = 0; d < dendrites.size(); ++d) {
    stack.dendrites.push_back(describe_path(dendrites[d], d, appears_at));
    append(stack.spines, describe_spines(dendrites[d], d, parameters.design, appears_at));
  }
  append(stack.spines, describe_bystanders(scene.tissue, parameters.design, appears_at));
  return stack;
}

// Fills contrast and d_prime of the rows of all spines, which come first and in the order of the
// dendrites.
void observe_spines(const SessionTissue& tissue, const std::vector<DrawnCell>& drawn,
                    const IdealObserver& observer, std::vector<PhantomSpine>& rows) {
  std::vector<const SessionSpine*> spines;
  for (const SessionDendrite& dendrite : tissue.dendrites) {
    for (const SessionSpine& spine : dendrite.spines) {
      spines.push_back(&spine);
    }
  }
#pragma omp parallel for schedule(dynamic)
  for (std::size_t i = 0; i < spines.size(); ++i) {
    const SessionSpine& spine = *spines[i];
    const SpineVisibility seen =
        observer.observe(tissue.cells[spine.cell], drawn[spine.cell], spine.body);
    rows[i].contrast = seen.contrast;
    rows[i].d_prime = seen.d_prime;
  }
}

// Expected photons, and what an ideal observer makes of them.
Volume<float> illuminate(const PhantomParameters& parameters, const SceneOfStack& scene,
                         std::vector<PhantomSpine>& rows) {
  const StackOptics& optics = scene.optics;
  Volume<float> photons(MemorySpace::host, parameters.design.extent, parameters.design.spacing);
  const std::vector<DrawnCell> drawn = draw_cells(optics.grid(), scene.tissue.cells);
  image_cells(optics, drawn, photons.view());
  const SessionLight light = draw_light(parameters, scene.field, scene.place.session, scene.pose,
                                        optics.psf(), optics.motion().slices());
  light_up(light, photons.view());
  const IdealObserver observer(optics, light, parameters.detector, photons.view());
  observe_spines(scene.tissue, drawn, observer, rows);
  return photons;
}

PhantomEvents events_of_field(const PhantomParameters& parameters, std::size_t first_stack) {
  std::vector<PhantomStack> stacks;
  for (std::size_t session = 0; session < parameters.design.session_days.size(); ++session) {
    stacks.push_back(describe(parameters, make_scene(parameters, first_stack + session)));
  }
  PhantomEvents events;
  std::vector<const PhantomStack*> sessions;
  for (const PhantomStack& stack : stacks) {
    sessions.push_back(&stack);
    append(events.summary, summarise_truth(stack));
  }
  events.transitions = count_transitions(sessions);
  return events;
}

}  // namespace

std::vector<StackIdentity> phantom_identities(const PhantomParameters& parameters) {
  check_parameters(parameters);
  std::vector<StackIdentity> identities;
  for (std::size_t i = 0; i < num_stacks(parameters); ++i) {
    identities.push_back(identify(parameters, place_of_stack(parameters, i)));
  }
  return identities;
}

PhantomStack phantom_stack(const PhantomParameters& parameters, std::size_t i) {
  check_parameters(parameters);
  const SceneOfStack scene = make_scene(parameters, i);
  PhantomStack stack = describe(parameters, scene);
  const Volume<float> photons = illuminate(parameters, scene, stack.spines);
  stack.counts.reshape(parameters.design.extent, parameters.design.spacing);
  const RandomPlace noise{.seed = parameters.seed,
                          .purpose = RandomPurpose::detector,
                          .animal = scene.field.animal,
                          .field = scene.field.field,
                          .session = scene.place.session};
  detect(parameters.detector, random_key(noise), photons.view(), stack.counts.view());
  return stack;
}

PhantomStack phantom_truth(const PhantomParameters& parameters, std::size_t i) {
  check_parameters(parameters);
  return describe(parameters, make_scene(parameters, i));
}

Volume<float> phantom_assumed_psf(const PhantomParameters& parameters) {
  check_parameters(parameters);
  return sampled_psf(make_psf(assumed_optics, 0), parameters.design.spacing);
}

PhantomEvents phantom_events(const PhantomParameters& parameters) {
  check_parameters(parameters);
  const std::size_t num_sessions = parameters.design.session_days.size();
  const std::size_t num_fields = num_stacks(parameters) / num_sessions;
  std::vector<PhantomEvents> of_fields(num_fields);
#pragma omp parallel for schedule(dynamic)
  for (std::size_t field = 0; field < num_fields; ++field) {
    of_fields[field] = events_of_field(parameters, field * num_sessions);
  }
  PhantomEvents events;
  for (const PhantomEvents& one : of_fields) {
    append(events.transitions, one.transitions);
    append(events.summary, one.summary);
  }
  return events;
}

}  // namespace bramble
