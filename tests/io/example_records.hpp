#pragma once

#include "pipeline/records/field_result.hpp"
#include "pipeline/records/phantom.hpp"
#include "pipeline/records/stack_result.hpp"

#include <cmath>

namespace bramble {

inline StackIdentity example_identity() {
  return {.stack_id = "0123456789abcdef",
          .subject_id = "M01",
          .group = "ketamine",
          .session_id = "ses-dm03",
          .day = -3,
          .region = "MOs",
          .sample = "cortex",
          .fov = "chunk-01",
          .fov_uid = "uid-1",
          .channel = "GFP",
          .file = "archive.h5",
          .path = "/sub-M01/ses-dm03/sample-cortex/chunk-01/images/GFP"};
}

inline Acquisition example_acquisition() {
  return {.extent = {3, 5, 7},
          .spacing = {1.0f, 0.12f, 0.115f},
          .spacing_overridden = true,
          .voxel_type = "uint16",
          .offset_counts = 100.0f,
          .saturation_value = 4095.0f,
          .gain_counts = 25.0f,
          .read_noise_counts = 8.0f,
          .excitation_nm = 920.0f,
          .numerical_aperture = 1.05f,
          .refractive_index = 1.33f,
          .psf_path = "/psf/measured",
          .qc_status = "good"};
}

inline Spine example_spine(int id) {
  const auto number = static_cast<float>(id);
  return {.id = id,
          .dendrite = 1,
          .head = {1.5 + id, 2.25, 3.125},
          .base = {1.0, 2.0 + id, 3.0},
          .path_um = 0.1 * id,
          .side = id % 2 == 0 ? 1 : -1,
          .length_um = 1.1f + number,
          .head_diameter_um = 0.4f,
          .neck_length_um = 0.7f,
          .neck_diameter_um = std::nanf(""),
          .volume_um3 = 0.05f,
          .brightness_ratio = 0.6f,
          .spine_class = static_cast<SpineClass>(id % 4),
          .class_probability = 0.9f,
          .snr = 7.5f,
          .p_detect = 0.25f * static_cast<float>(id % 4 + 1),
          .flags = id == 0 ? "" : "near_border,dim"};
}

inline Dendrite example_dendrite(int id, std::vector<Position> nodes) {
  Dendrite dendrite;
  dendrite.id = id;
  dendrite.radius_um.assign(nodes.size(), 0.4f);
  dendrite.brightness_counts.assign(nodes.size(), 321.5f);
  dendrite.nodes = std::move(nodes);
  dendrite.branch_order = 2;
  dendrite.length_um = 12.5;
  dendrite.length_2d_um = 12.25;
  dendrite.tortuosity = 1.125;
  dendrite.length_usable_um = 11.25;
  dendrite.diameter_um = 0.8f;
  dendrite.mean_diameter_um = 0.85f;
  dendrite.snr = 20;
  dendrite.flags = "touches_border";
  return dendrite;
}

// A record in which no member has its default value.
inline StackResult example_stack_result() {
  StackResult result;
  result.identity = example_identity();
  result.acquisition = example_acquisition();
  result.calibration = {.condition = "1x0.12x0.115,920",
                        .iterations = 12,
                        .psf_source = "archive",
                        .psf_model = "measured",
                        .psf_stretch_xy = 1.1f,
                        .psf_stretch_z = 0.9f,
                        .psf_fwhm_xy_um = 0.45f,
                        .psf_fwhm_z_um = 1.9f,
                        .flags = "psf_assumed"};
  result.provenance = {.version = "0.1.0",
                       .commit = "abc",
                       .parameters_hash = "def",
                       .input_sha256 = "123",
                       .backend = "cpu",
                       .processor = "a CPU"};
  result.quality = {.background_counts = 101.5f,
                    .noise_counts = 3.25f,
                    .gain_counts = 8,
                    .snr = 20,
                    .saturation_frac = 0.001f,
                    .motion_um = 0.125f,
                    .num_dropped_slices = 1};
  result.restoration = {.method = "scaled_heavy_ball",
                        .engine = "fourier",
                        .iterations = 12,
                        .floor_frac = 0.25,
                        .residual_mean = 0.01,
                        .residual_variance = 1.1,
                        .residual_correlation = 0.05};
  result.dendrites = {example_dendrite(0, {{0, 0, 0}, {0, 0, 1}, {0.5, 1, 2}}),
                      example_dendrite(1, {{0, 1, 1}, {1, 2, 1}})};
  result.dendrites[1].parent_dendrite = 0;
  result.dendrites[1].parent_node = 1;
  result.dendrites[1].end_dendrite = 0;
  result.dendrites[1].end_node = 2;
  result.shaft_graph.nodes = {{.position = {0, 0, 1}, .radius_um = 0.4f, .degree = 3},
                              {.position = {0.5, 1, 2}, .radius_um = 0.5f, .degree = 2}};
  result.shaft_graph.edges = {{.from = 0,
                               .to = 1,
                               .dendrite = 1,
                               .first_node = 1,
                               .last_node = 2,
                               .length_um = 1.5,
                               .flags = "closes_loop"}};
  for (int id = 0; id < 5; ++id) {
    result.spines.push_back(example_spine(id));
  }
  result.alignment.reshape({2, 3, 4}, {1, 0.5f, 0.5f});
  for (std::int64_t i = 0; i < result.alignment.voxels().size(); ++i) {
    result.alignment.voxels()[i] = static_cast<float>(i) / 3;
  }
  result.projection.reshape({1, 5, 7}, {1, 0.12f, 0.115f});
  for (std::int64_t i = 0; i < result.projection.voxels().size(); ++i) {
    result.projection.voxels()[i] = static_cast<float>(i * i);
  }
  result.flags = "low_snr";
  return result;
}

inline FieldResult example_field_result() {
  FieldResult field;
  field.field_id = "fedcba9876543210";
  field.subject_id = "M01";
  field.group = "saline";
  field.region = "MOs";
  field.fov = "chunk-01";
  field.parameters_hash = "def";
  field.reference_session = 1;
  field.sessions = {{.identity = example_identity(),
                     .stack_result_sha256 = "aaa",
                     .shift = {0.5, -1.5, 2},
                     .alignment_score = 0.75f},
                    {.identity = example_identity(),
                     .stack_result_sha256 = "bbb",
                     .shift = {},
                     .alignment_score = 1}};
  field.sessions[1].identity.session_id = "ses-d01";
  field.sessions[1].identity.day = not_available;
  field.dendrites = {{.dendrite_id = "d01",
                      .session = 1,
                      .stack_dendrite = 3,
                      .length_um = 30,
                      .length_usable_um = 28,
                      .length_2d_um = 29,
                      .chord_um = 26,
                      .common_length_um = 25,
                      .branch_order = 2,
                      .diameter_um = 0.9f,
                      .mean_diameter_um = 0.95f,
                      .snr = 15,
                      .flags = "bent"}};
  field.spines = {{.dendrite_id = "d01",
                   .spine_id = "d01s001",
                   .session = 0,
                   .state = SpineState::present,
                   .stack_spine = 2,
                   .spine = example_spine(2)},
                  {.dendrite_id = "d01",
                   .spine_id = "d01s001",
                   .session = 1,
                   .state = SpineState::not_assessable,
                   .stack_spine = -1,
                   .spine = example_spine(3)}};
  return field;
}

// A stack of 3 x 5 x 7 voxels of an animal, with two spines on one dendrite as its truth.
inline PhantomStack example_phantom_stack() {
  PhantomStack stack;
  stack.identity = example_identity();
  stack.identity.stack_id.clear();
  stack.identity.file.clear();
  stack.identity.path.clear();
  stack.acquisition = example_acquisition();
  stack.acquisition.spacing_overridden = false;
  stack.counts.reshape(stack.acquisition.extent, stack.acquisition.spacing);
  for (std::int64_t i = 0; i < stack.counts.voxels().size(); ++i) {
    stack.counts.voxels()[i] = static_cast<std::uint16_t>(600 * i);
  }
  stack.dendrites = {{.dendrite_id = "d01",
                      .nodes = {{1, 0.24, 0}, {1, 0.24, 0.345}, {1, 0.24, 99}},
                      .radius_um = {0.4f, 0.4f, 0.5f}}};
  stack.spines = {{.dendrite_id = "d01",
                   .spine_id = "d01s001",
                   .base = {1, 0.2, 0.1},
                   .head = {1, 0.3, 0.1},
                   .tip = {1, 0.4, 0.1},
                   .head_diameter_um = 0.45,
                   .neck_length_um = 0.3,
                   .length_um = 1.0 / 3,
                   .lateral_protrusion_um = 0.9,
                   .neighbour_um = 1.5,
                   .spine_class = "mushroom",
                   .scorable = true,
                   .edge = false,
                   .neck_diameter_um = 0.15,
                   .volume_um3 = 0.07,
                   .azimuth_deg = 90,
                   .tilt_deg = -12.5,
                   .pool = "persistent",
                   .birth_day = -3,
                   .death_day = 88.5,
                   .contrast = 0.31,
                   .d_prime = 12.25},
                  {.dendrite_id = "d01",
                   .spine_id = "d01s002",
                   .base = {1, 0.2, 0.2},
                   .head = {1, 0.3, 0.2},
                   .tip = {1, 0.4, 0.2},
                   .head_diameter_um = 0.3,
                   .neck_length_um = 0.6,
                   .length_um = 1.2,
                   .lateral_protrusion_um = 1.1,
                   .neighbour_um = not_available,
                   .spine_class = "thin",
                   .scorable = false,
                   .edge = true,
                   .neck_diameter_um = 0.1,
                   .volume_um3 = 0.02,
                   .pool = "transient",
                   .birth_day = -3,
                   .death_day = 1.5,
                   .contrast = 0.1,
                   .d_prime = 5.5}};
  stack.transform = {.centre = {1, 2, 3},
                     .matrix = {1, 0, 0, 0, 0.5, 0, 0, 0, 1},
                     .shift = {0.25, -4, 0},
                     .warp = {{.position = {0, 1, 2}, .displacement = {0.1, 0.2, 0.3}}}};
  stack.motion = {{.shift = {0, 0.5, -0.25}, .dropped = false}, {.shift = {}, .dropped = true}};
  return stack;
}

}  // namespace bramble
