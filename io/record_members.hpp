#pragma once

// The members of every record that is stored: each record's list once, for writing and reading, as
// HDF5 attributes, columns and groups (hdf5_record.hpp, column_group.hpp) and as JSON
// (json_record.hpp).
//   describe(members, std::type_identity<Record>{}) calls members.add(name, &Record::member) for
//   each member.

#include "io/shaft_members.hpp"
#include "pipeline/records/condition_trial.hpp"
#include "pipeline/records/field_result.hpp"
#include "pipeline/records/manifest.hpp"
#include "pipeline/records/stack_result.hpp"

#include <string>
#include <type_traits>

namespace bramble {

// Passes the members of one record on as name and value. `Record` is const where it is written.
template <class Fields, class Record>
class RecordMembers {
 public:
  RecordMembers(Fields& fields, Record& record) : fields_(fields), record_(record) {}

  template <class Member>
  void add(const std::string& name, Member member) {
    fields_.add(name, record_.*member);
  }

 private:
  Fields& fields_;
  Record& record_;
};

// Passes the members of a part of a row on as columns of the row; `part_of` gives the part.
template <class Columns, class PartOf>
class PartMembers {
 public:
  PartMembers(Columns& columns, PartOf part_of) : columns_(columns), part_of_(part_of) {}

  template <class Member>
  void add(const std::string& name, Member member) {
    columns_.add(
        name, [ part_of = part_of_, member ](auto& row) -> auto& { return part_of(row).*member; });
  }

 private:
  Columns& columns_;
  PartOf part_of_;
};

template <class Members>
void describe(Members& members, std::type_identity<StackIdentity>) {
  members.add("stack_id", &StackIdentity::stack_id);
  members.add("subject_id", &StackIdentity::subject_id);
  members.add("group", &StackIdentity::group);
  members.add("session_id", &StackIdentity::session_id);
  members.add("day", &StackIdentity::day);
  members.add("region", &StackIdentity::region);
  members.add("sample", &StackIdentity::sample);
  members.add("fov", &StackIdentity::fov);
  members.add("fov_uid", &StackIdentity::fov_uid);
  members.add("channel", &StackIdentity::channel);
  members.add("file", &StackIdentity::file);
  members.add("path", &StackIdentity::path);
}

template <class Members>
void describe(Members& members, std::type_identity<Acquisition>) {
  members.add("extent", &Acquisition::extent);
  members.add("spacing_um", &Acquisition::spacing);
  members.add("spacing_overridden", &Acquisition::spacing_overridden);
  members.add("voxel_type", &Acquisition::voxel_type);
  members.add("offset_counts", &Acquisition::offset_counts);
  members.add("saturation_value", &Acquisition::saturation_value);
  members.add("gain_counts", &Acquisition::gain_counts);
  members.add("read_noise_counts", &Acquisition::read_noise_counts);
  members.add("excitation_nm", &Acquisition::excitation_nm);
  members.add("numerical_aperture", &Acquisition::numerical_aperture);
  members.add("refractive_index", &Acquisition::refractive_index);
  members.add("psf_path", &Acquisition::psf_path);
  members.add("qc_status", &Acquisition::qc_status);
}

template <class Members>
void describe(Members& members, std::type_identity<PsfRecord>) {
  members.add("source", &PsfRecord::source);
  members.add("model", &PsfRecord::model);
  members.add("fwhm_xy_um", &PsfRecord::fwhm_xy_um);
  members.add("fwhm_z_um", &PsfRecord::fwhm_z_um);
  members.add("energy_frac", &PsfRecord::energy_frac);
  members.add("flags", &PsfRecord::flags);
  members.add("from_um", &PsfRecord::from_um);
  members.add("to_um", &PsfRecord::to_um);
}

template <class Members>
void describe(Members& members, std::type_identity<Calibration>) {
  members.add("condition", &Calibration::condition);
  members.add("iterations", &Calibration::iterations);
  members.add("psf_source", &Calibration::psf_source);
  members.add("psf_model", &Calibration::psf_model);
  members.add("psf_stretch_xy", &Calibration::psf_stretch_xy);
  members.add("psf_stretch_z", &Calibration::psf_stretch_z);
  members.add("psf_fwhm_xy_um", &Calibration::psf_fwhm_xy_um);
  members.add("psf_fwhm_z_um", &Calibration::psf_fwhm_z_um);
  members.add("psf_depths", &Calibration::psf_depths);
  members.add("flags", &Calibration::flags);
}

template <class Members>
void describe(Members& members, std::type_identity<ConditionTrial>) {
  members.add("condition", &ConditionTrial::condition);
  members.add("stack_id", &ConditionTrial::stack_id);
  members.add("problem", &ConditionTrial::problem);
  members.add("message", &ConditionTrial::message);
  members.add("iterations", &ConditionTrial::iterations);
  members.add("psf_stretch_xy", &ConditionTrial::psf_stretch_xy);
  members.add("psf_stretch_z", &ConditionTrial::psf_stretch_z);
  members.add("held_out_log_likelihood", &ConditionTrial::held_out_log_likelihood);
}

template <class Members>
void describe(Members& members, std::type_identity<Provenance>) {
  members.add("version", &Provenance::version);
  members.add("commit", &Provenance::commit);
  members.add("parameters_hash", &Provenance::parameters_hash);
  members.add("input_sha256", &Provenance::input_sha256);
  members.add("backend", &Provenance::backend);
  members.add("processor", &Provenance::processor);
}

template <class Members>
void describe(Members& members, std::type_identity<StackQuality>) {
  members.add("background_counts", &StackQuality::background_counts);
  members.add("noise_counts", &StackQuality::noise_counts);
  members.add("gain_counts", &StackQuality::gain_counts);
  members.add("snr", &StackQuality::snr);
  members.add("saturation_frac", &StackQuality::saturation_frac);
  members.add("motion_um", &StackQuality::motion_um);
  members.add("num_dropped_slices", &StackQuality::num_dropped_slices);
}

template <class Members>
void describe(Members& members, std::type_identity<Spine>) {
  members.add("id", &Spine::id);
  members.add("dendrite", &Spine::dendrite);
  members.add("head_um", &Spine::head);
  members.add("base_um", &Spine::base);
  members.add("path_um", &Spine::path_um);
  members.add("side", &Spine::side);
  members.add("length_um", &Spine::length_um);
  members.add("head_diameter_um", &Spine::head_diameter_um);
  members.add("neck_length_um", &Spine::neck_length_um);
  members.add("neck_diameter_um", &Spine::neck_diameter_um);
  members.add("volume_um3", &Spine::volume_um3);
  members.add("brightness_ratio", &Spine::brightness_ratio);
  members.add("spine_class", &Spine::spine_class);
  members.add("class_probability", &Spine::class_probability);
  members.add("snr", &Spine::snr);
  members.add("p_detect", &Spine::p_detect);
  members.add("flags", &Spine::flags);
}

template <class Members>
void describe(Members& members, std::type_identity<FieldSession>) {
  members.add("stack_result_sha256", &FieldSession::stack_result_sha256);
  members.add("shift_um", &FieldSession::shift);
  members.add("alignment_score", &FieldSession::alignment_score);
  PartMembers identity(
      members, [](auto& row) -> auto& { return row.identity; });
  describe(identity, std::type_identity<StackIdentity>{});
}

template <class Members>
void describe(Members& members, std::type_identity<FieldDendrite>) {
  members.add("dendrite_id", &FieldDendrite::dendrite_id);
  members.add("session", &FieldDendrite::session);
  members.add("stack_dendrite", &FieldDendrite::stack_dendrite);
  members.add("length_um", &FieldDendrite::length_um);
  members.add("length_usable_um", &FieldDendrite::length_usable_um);
  members.add("length_2d_um", &FieldDendrite::length_2d_um);
  members.add("chord_um", &FieldDendrite::chord_um);
  members.add("common_length_um", &FieldDendrite::common_length_um);
  members.add("branch_order", &FieldDendrite::branch_order);
  members.add("diameter_um", &FieldDendrite::diameter_um);
  members.add("mean_diameter_um", &FieldDendrite::mean_diameter_um);
  members.add("snr", &FieldDendrite::snr);
  members.add("flags", &FieldDendrite::flags);
}

template <class Members>
void describe(Members& members, std::type_identity<Restoration>) {
  members.add("method", &Restoration::method);
  members.add("engine", &Restoration::engine);
  members.add("iterations", &Restoration::iterations);
  members.add("floor_frac", &Restoration::floor_frac);
  members.add("residual_mean", &Restoration::residual_mean);
  members.add("residual_variance", &Restoration::residual_variance);
  members.add("residual_correlation", &Restoration::residual_correlation);
}

template <class Members>
void describe(Members& members, std::type_identity<FieldSpine>) {
  members.add("dendrite_id", &FieldSpine::dendrite_id);
  members.add("spine_id", &FieldSpine::spine_id);
  members.add("session", &FieldSpine::session);
  members.add("state", &FieldSpine::state);
  members.add("stack_spine", &FieldSpine::stack_spine);
  PartMembers spine(
      members, [](auto& row) -> auto& { return row.spine; });
  describe(spine, std::type_identity<Spine>{});
}

template <class Members>
void describe(Members& members, std::type_identity<StackResult>) {
  members.add("identity", &StackResult::identity);
  members.add("acquisition", &StackResult::acquisition);
  members.add("calibration", &StackResult::calibration);
  members.add("provenance", &StackResult::provenance);
  members.add("quality", &StackResult::quality);
  members.add("restoration", &StackResult::restoration);
  members.add("flags", &StackResult::flags);
  members.add("dendrites", &StackResult::dendrites);
  members.add("shaft_graph", &StackResult::shaft_graph);
  members.add("spines", &StackResult::spines);
  members.add("alignment", &StackResult::alignment);
  members.add("projection", &StackResult::projection);
}

template <class Members>
void describe(Members& members, std::type_identity<FieldResult>) {
  members.add("field_id", &FieldResult::field_id);
  members.add("subject_id", &FieldResult::subject_id);
  members.add("group", &FieldResult::group);
  members.add("region", &FieldResult::region);
  members.add("fov", &FieldResult::fov);
  members.add("parameters_hash", &FieldResult::parameters_hash);
  members.add("reference_session", &FieldResult::reference_session);
  members.add("sessions", &FieldResult::sessions);
  members.add("dendrites", &FieldResult::dendrites);
  members.add("spines", &FieldResult::spines);
}

template <class Members>
void describe(Members& members, std::type_identity<ManifestEntry>) {
  members.add("identity", &ManifestEntry::identity);
  members.add("acquisition", &ManifestEntry::acquisition);
  members.add("stored_bytes", &ManifestEntry::stored_bytes);
  members.add("problem", &ManifestEntry::problem);
}

template <class Members>
void describe(Members& members, std::type_identity<ManifestField>) {
  members.add("field_id", &ManifestField::field_id);
  members.add("subject_id", &ManifestField::subject_id);
  members.add("fov", &ManifestField::fov);
  members.add("stack_ids", &ManifestField::stack_ids);
}

template <class Members>
void describe(Members& members, std::type_identity<Manifest>) {
  members.add("stacks", &Manifest::stacks);
  members.add("fields", &Manifest::fields);
}

}  // namespace bramble
