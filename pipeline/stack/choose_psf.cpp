#include "pipeline/stack/choose_psf.hpp"

#include "kernels/core/error.hpp"
#include "kernels/restore/crop_psf.hpp"
#include "kernels/restore/gaussian_psf.hpp"
#include "kernels/restore/prepare_psf.hpp"
#include "kernels/restore/psf_shape.hpp"
#include "kernels/restore/vectorial_psf.hpp"
#include "pipeline/records/flags.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <sstream>
#include <utility>

namespace bramble {

namespace {

constexpr float kept_energy_frac = 0.99f;

Spacing scaled(Spacing spacing, PsfStretch factors) {
  return {static_cast<float>(spacing.z_um * factors.z),
          static_cast<float>(spacing.y_um * factors.xy),
          static_cast<float>(spacing.x_um * factors.xy)};
}

ChosenPsf finished(Volume<float> psf, double energy_frac, PsfRecord record) {
  const PsfShape shape = psf_shape(psf.view());
  record.fwhm_xy_um = shape.fwhm_xy_um;
  record.fwhm_z_um = shape.fwhm_z_um;
  record.energy_frac = energy_frac;
  return {.psf = std::move(psf), .record = std::move(record)};
}

ChosenPsf from_file(const StoredPsf& stored, const char* source, const Acquisition& acquisition,
                    PsfStretch stretch) {
  const bool is_theoretical = stored.kind == "theoretical";
  // The same values further apart are a wider PSF.
  VolumeView<const float> values = stored.values.view();
  values.spacing = scaled(values.spacing, stretch);
  // Who computed a PSF has chosen its support.
  const PreparePsfParams params{
      .spacing = acquisition.spacing,
      .image = acquisition.extent,
      .energy_frac = is_theoretical ? 1.0f : kept_energy_frac,
      .background = is_theoretical ? PsfBackground::keep : PsfBackground::subtract};
  try {
    PreparedPsf prepared = prepare_psf(values, params);
    const std::string model = is_theoretical && !stored.model.empty() ? stored.model : stored.kind;
    return finished(std::move(prepared.psf), prepared.energy_frac,
                    {.source = source, .model = model.empty() ? "measured" : model});
  } catch (const DataError& error) {
    throw DataError(stored.place + ": " + error.what());
  }
}

bool has_optics(const Acquisition& acquisition) {
  return acquisition.numerical_aperture && acquisition.excitation_nm &&
         acquisition.refractive_index;
}

// Nothing where the metadata lacks one of the three, or names optics that do not exist.
std::optional<Excitation> excitation_of(const Acquisition& acquisition) {
  if (!has_optics(acquisition)) {
    return std::nullopt;
  }
  const Excitation excitation{.numerical_aperture = *acquisition.numerical_aperture,
                              .wavelength_nm = *acquisition.excitation_nm,
                              .refractive_index = *acquisition.refractive_index};
  try {
    check_excitation(excitation);
    return excitation;
  } catch (const InvalidArgument&) {
    return std::nullopt;
  }
}

ChosenPsf computed(const Excitation& excitation, const Acquisition& acquisition,
                   PsfStretch stretch) {
  // Computed at points that much closer together, and taken for those of the stack: wider, without
  // interpolation.
  const Spacing closer = scaled(acquisition.spacing, {.xy = 1 / stretch.xy, .z = 1 / stretch.z});
  const Volume<float> whole = vectorial_psf(closer, {.excitation = excitation});
  CroppedPsf cropped =
      crop_psf(whole, {.image = acquisition.extent, .energy_frac = kept_energy_frac});
  Volume<float> psf(MemorySpace::host, cropped.psf.extent(), acquisition.spacing);
  copy(cpu_exec, cropped.psf.voxels(), psf.voxels());
  return finished(std::move(psf), cropped.energy_frac,
                  {.source = "computed", .model = "vectorial"});
}

ChosenPsf gaussian(const RestoreParameters& parameters, const Acquisition& acquisition,
                   PsfStretch stretch, PsfRecord record) {
  const Volume<float> whole =
      gaussian_psf(acquisition.spacing,
                   {.fwhm_xy_um = static_cast<float>(parameters.psf_fwhm_xy_um * stretch.xy),
                    .fwhm_z_um = static_cast<float>(parameters.psf_fwhm_z_um * stretch.z)});
  CroppedPsf cropped = crop_psf(whole, {.image = acquisition.extent, .energy_frac = 1});
  record.model = "gaussian";
  return finished(std::move(cropped.psf), cropped.energy_frac, std::move(record));
}

}  // namespace

StackPsf stack_psf(const std::vector<ChosenPsf>& chosen, const Acquisition& acquisition) {
  constexpr double tolerance_slices = 1e-3;
  const double spacing_um = static_cast<double>(acquisition.spacing.z_um);
  // The first slice that lies at least so deep.
  const auto first_slice = [&](double depth_um) {
    return static_cast<int>(std::ceil(depth_um / spacing_um - tolerance_slices));
  };
  std::vector<StackPsf::Range> ranges;
  for (const ChosenPsf& one : chosen) {
    const int first = first_slice(one.record.from_um);
    const int end =
        std::isfinite(one.record.to_um) ? first_slice(one.record.to_um) : acquisition.extent.z;
    if (first < std::min(end, acquisition.extent.z)) {
      ranges.push_back({first, &one.psf});
    }
  }
  require(!ranges.empty(), "a stack needs a PSF");
  const double covered_um = chosen.back().record.to_um;
  if (std::isfinite(covered_um) && first_slice(covered_um) < acquisition.extent.z) {
    std::ostringstream message;
    message << "the last slice lies " << (acquisition.extent.z - 1) * spacing_um
            << " um below the first one, but restore.psf_depths ends at " << covered_um
            << " um; leave out to_um of its last range";
    throw DataError(message.str());
  }
  return StackPsf(std::move(ranges));
}

bool assumes_psf(const Acquisition& acquisition, const RestoreParameters& parameters) {
  return parameters.psf_depths.empty() && parameters.psf == "auto" &&
         acquisition.psf_path.empty() && !excitation_of(acquisition);
}

ChosenPsf choose_psf(const Acquisition& acquisition, const RestoreParameters& parameters,
                     const PsfFiles& files, PsfStretch stretch) {
  require(stretch.xy > 0 && stretch.z > 0, "the factors that stretch a PSF must be positive");
  if (files.given != nullptr) {
    return from_file(*files.given, "file", acquisition, stretch);
  }
  if (parameters.psf == "gaussian") {
    return gaussian(parameters, acquisition, stretch, {.source = "parameters"});
  }
  require(parameters.psf == "auto", "the PSF file " + parameters.psf + " was not read");
  if (files.archived != nullptr) {
    return from_file(*files.archived, "archive", acquisition, stretch);
  }
  const std::optional<Excitation> excitation = excitation_of(acquisition);
  if (excitation) {
    return computed(*excitation, acquisition, stretch);
  }
  std::string flags =
      with_flag("psf_assumed", has_optics(acquisition) ? "psf_metadata_implausible" : "");
  return gaussian(parameters, acquisition, stretch,
                  {.source = "assumed", .flags = std::move(flags)});
}

}  // namespace bramble
