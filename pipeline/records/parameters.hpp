#pragma once

#include "kernels/core/geometry.hpp"

#include <limits>
#include <optional>
#include <string>
#include <vector>

// Every parameter of a run, with its default. The TOML file uses exactly these names, a struct a
// table.
namespace bramble {

struct InputParameters {
  std::string channel;  // empty: the only one; several are refused with their names
  std::optional<Spacing> voxel_size_um;  // z, y, x; replaces the archive's, and is recorded
};

// The PSF of the slices that lie so far below the first one, by their centres.
struct PsfDepth {
  float from_um = 0;
  float to_um = std::numeric_limits<float>::infinity();  // not these any more
  std::string psf = "gaussian";  // the one below; else a file, as in beads.h5:/psf/measured
  float psf_fwhm_xy_um = 0.45f;
  float psf_fwhm_z_um = 1.9f;
};

struct RestoreParameters {
  std::string method = "scaled_heavy_ball";  // or richardson_lucy, total_variation
  // Of deconvolution; empty: held-out photons choose it, once per acquisition condition; 0 keeps
  // the stack as it was recorded.
  std::optional<int> iterations;
  // "auto": the archive's, else computed from its metadata, else the Gaussian below with widths
  // that held-out photons choose; "gaussian": the one below; else a file, as in
  // beads.h5:/psf/measured.
  std::string psf = "auto";
  float psf_fwhm_xy_um = 0.45f;
  float psf_fwhm_z_um = 1.9f;
  // From the first slice down, without gaps; empty: `psf` holds for all slices.
  std::vector<PsfDepth> psf_depths;
  float total_variation_weight = 0.002f;  // used by total_variation alone
  Extent tile{0, 0, 0};                   // restored at a time, overlap included; 0: everything
  bool motion_correction = true;
};

struct SegmentParameters {
  float tube_sigma_xy_um = 0.25f;  // standard deviations of the Gaussian of the tube filter
  float tube_sigma_z_um = 0.8f;
  float local_window_um = 1.0f;  // standard deviation of the Gaussian that gives the local mean
  float local_ratio = 2.5f;  // foreground responds this many times as much as its local mean ...
  float low_threshold_noise = 4.5f;   // ... and this many noise units,
  float high_threshold_noise = 7.0f;  // in objects that somewhere reach this many
  float min_object_um3 = 2.0f;        // smaller objects are dropped
};

struct TraceParameters {
  float min_dendrite_length_um = 8.0f;
  float min_branch_length_um = 5.0f;  // of a dendrite that branches off another one
  float max_spur_length_um = 4.0f;    // a longer end branch is a dendrite, not a spine
  float centreline_smoothing_um = 1.0f;
};

struct SpineParameters {
  float report_probability = 0.35f;  // a spine of this run: the point of best F1 ...
  float keep_probability = 0.1f;     // ... and what the field job may still call present
  float max_length_um = 4.0f;
};

struct FieldParameters {
  float link_gate_um = 0;  // along the dendrite; 0: chosen from the alignment's residual
};

struct StudyParameters {
  std::string control_group;          // empty: no contrasts
  std::string baseline = "mean_pre";  // sessions with day < 0; none: the first session, flagged
  double confidence = 0.95;
};

struct Parameters {
  InputParameters input;
  RestoreParameters restore;
  SegmentParameters segment;
  TraceParameters trace;
  SpineParameters spines;
  FieldParameters field;
  StudyParameters study;
};

}  // namespace bramble
