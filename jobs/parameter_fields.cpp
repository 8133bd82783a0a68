#include "jobs/parameter_fields.hpp"

namespace bramble {
namespace {

constexpr double unlimited = std::numeric_limits<double>::infinity();
constexpr double least_length_um = 1e-3;  // a length that must not be zero

}  // namespace

// The structured bindings name every member of a table: a member that is added to the record and
// forgotten here does not compile.
std::vector<ParameterField> parameter_fields(Parameters& parameters) {
  auto& [input, restore, segment, trace, spines, field, study] = parameters;
  auto& [channel, voxel_size_um] = input;
  auto& [method, iterations, psf, psf_fwhm_xy_um, psf_fwhm_z_um, psf_depths, total_variation_weight,
         tile, motion_correction] = restore;
  auto& [tube_sigma_xy_um, tube_sigma_z_um, local_window_um, local_ratio, low_threshold_noise,
         high_threshold_noise, min_object_um3] = segment;
  auto& [min_dendrite_length_um, min_branch_length_um, max_spur_length_um,
         centreline_smoothing_um] = trace;
  auto& [report_probability, keep_probability, max_length_um] = spines;
  auto& [link_gate_um] = field;
  auto& [control_group, baseline, confidence] = study;
  return {
      {"input", "channel", &channel, "empty: the only one of the archive"},
      {"input", "voxel_size_um", &voxel_size_um, "z, y, x; replaces what the archive says"},
      {"restore", "method", &method, "scaled_heavy_ball, richardson_lucy or total_variation"},
      {"restore", "iterations", &iterations,
       "of deconvolution; 0 keeps the stack as recorded, auto: held-out photons choose it", 0,
       1000},
      {"restore", "psf", &psf, "auto, gaussian, or a file as in beads.h5:/psf/measured"},
      {"restore", "psf_fwhm_xy_um", &psf_fwhm_xy_um, "of the Gaussian PSF", least_length_um, 100},
      {"restore", "psf_fwhm_z_um", &psf_fwhm_z_um, "of the Gaussian PSF", least_length_um, 100},
      {"restore", "psf_depths", &psf_depths,
       "instead of psf: ranges below the first slice with a PSF each"},
      {"restore", "total_variation_weight", &total_variation_weight, "of total_variation", 0, 0.1},
      {"restore", "tile", &tile, "z, y, x voxels restored at a time; 0: all", 0, 1 << 20},
      {"restore", "motion_correction", &motion_correction, "of slices against each other"},
      {"segment", "tube_sigma_xy_um", &tube_sigma_xy_um, "standard deviation of the tube filter",
       least_length_um, 100},
      {"segment", "tube_sigma_z_um", &tube_sigma_z_um, "the same along z", least_length_um, 100},
      {"segment", "local_window_um", &local_window_um,
       "standard deviation of the window of the local mean", least_length_um, 10000},
      {"segment", "local_ratio", &local_ratio, "foreground over its local mean", 0, 1e6},
      {"segment", "low_threshold_noise", &low_threshold_noise,
       "noise units: what belongs to an object", 0, unlimited},
      {"segment", "high_threshold_noise", &high_threshold_noise,
       "noise units: what an object must reach somewhere", 0, unlimited},
      {"segment", "min_object_um3", &min_object_um3, "smaller objects are dropped", 0, unlimited},
      {"trace", "min_dendrite_length_um", &min_dendrite_length_um, "shorter ones are dropped", 0,
       unlimited},
      {"trace", "min_branch_length_um", &min_branch_length_um,
       "the same of those that branch off another one", 0, unlimited},
      {"trace", "max_spur_length_um", &max_spur_length_um,
       "a longer end branch is a dendrite, not a spine", 0, unlimited},
      {"trace", "centreline_smoothing_um", &centreline_smoothing_um, "along the shaft", 0, 1000},
      {"spines", "report_probability", &report_probability, "a spine of this run", 0, 1},
      {"spines", "keep_probability", &keep_probability, "what a field may still call present", 0,
       1},
      {"spines", "max_length_um", &max_length_um, "base to tip", least_length_um, 1000},
      {"field", "link_gate_um", &link_gate_um,
       "along the dendrite; 0: chosen from the alignment's residual", 0, 1000},
      {"study", "control_group", &control_group, "empty: no contrasts"},
      {"study", "baseline", &baseline, "mean_pre: the sessions with day < 0"},
      {"study", "confidence", &confidence, "of the intervals", 0.5, 0.9999},
  };
}

}  // namespace bramble
