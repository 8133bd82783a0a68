#include "jobs/command_psf.hpp"

#include "io/psf_file.hpp"
#include "io/psf_picture.hpp"
#include "jobs/psf_description.hpp"
#include "kernels/core/error.hpp"
#include "kernels/restore/crop_psf.hpp"
#include "kernels/restore/gaussian_psf.hpp"
#include "kernels/restore/prepare_psf.hpp"
#include "kernels/restore/vectorial_psf.hpp"
#include "pipeline/beads/average_beads.hpp"
#include "pipeline/beads/find_beads.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <filesystem>
#include <iterator>
#include <utility>

namespace bramble {
namespace {

// Without a minus before what is printed as 0.
double shown_um(double length_um) { return std::abs(length_um) < 0.0005 ? 0 : length_um; }

std::string or_missing(const std::string& text) { return text.empty() ? "n/a" : text; }

StoredPsf gaussian_of(const PsfWriteOptions& options, Spacing spacing) {
  StoredPsf psf;
  psf.model = "gaussian";
  psf.values = gaussian_psf(spacing, {.fwhm_xy_um = options.gaussian_fwhm_um.at(0),
                                      .fwhm_z_um = options.gaussian_fwhm_um.at(1)});
  return psf;
}

StoredPsf vectorial_of(const PsfWriteOptions& options, Spacing spacing) {
  StoredPsf psf;
  psf.model = "vectorial";
  const Volume<float> whole =
      vectorial_psf(spacing, {.excitation = {.numerical_aperture = options.numerical_aperture,
                                             .wavelength_nm = options.wavelength_nm,
                                             .refractive_index = options.refractive_index},
                              .pupil_fill = options.pupil_fill});
  psf.values = crop_psf(whole, {.energy_frac = 0.99f}).psf;
  psf.numerical_aperture = options.numerical_aperture;
  psf.refractive_index = options.refractive_index;
  psf.excitation_nm = options.wavelength_nm;
  return psf;
}

PreparedPsf prepare(const StoredPsf& stored, PsfSymmetry symmetry) {
  try {
    return prepare_psf(
        stored.values.view(),
        {.spacing = stored.values.spacing(),
         .energy_frac = 1,
         .background = stored.kind == "theoretical" ? PsfBackground::keep : PsfBackground::subtract,
         .symmetry = symmetry});
  } catch (const DataError& error) {
    throw DataError(stored.place + ": " + error.what());
  }
}

// The beads of all stacks together.
FoundBeads find_beads_in(const PsfEstimateOptions& options) {
  FoundBeads all;
  std::string first_place;
  Spacing spacing;
  for (const std::string& place : options.stacks) {
    const StoredPsf stack = read_psf(place);
    if (first_place.empty()) {
      first_place = stack.place;
      spacing = stack.values.spacing();
    }
    if (!(stack.values.spacing() == spacing)) {
      throw DataError(stack.place + ": its voxel size is not that of " + first_place +
                      "; estimate a PSF from stacks of one voxel size");
    }
    FoundBeads found = find_beads(stack.values.view(), {.half_depth_um = options.half_depth_um,
                                                        .half_width_um = options.half_width_um});
    fmt::print("{}: {} bright spots, {} usable, {} at the border, {} crowded, {} saturated\n",
               stack.place, found.num_candidates, found.windows.size(), found.num_at_border,
               found.num_crowded, found.num_saturated);
    std::move(found.windows.begin(), found.windows.end(), std::back_inserter(all.windows));
  }
  return all;
}

}  // namespace

ExitCode psf_write_command(const PsfWriteOptions& options) {
  const Spacing spacing{options.spacing_um.at(0), options.spacing_um.at(1),
                        options.spacing_um.at(2)};
  StoredPsf psf = options.gaussian_fwhm_um.empty() ? vectorial_of(options, spacing)
                                                   : gaussian_of(options, spacing);
  psf.kind = "theoretical";
  write_psf(options.out, psf);
  fmt::print("{}written                   {}\n", psf_text(describe_psf(psf.values)), options.out);
  return ExitCode::complete;
}

ExitCode psf_show_command(const PsfShowOptions& options) {
  const StoredPsf stored = read_psf(options.place);
  const PreparedPsf prepared = prepare(stored, PsfSymmetry::as_it_is);
  const PsfDescription description = describe_psf(prepared.psf);
  const std::string file = stored.place.substr(0, stored.place.rfind(":/"));
  const std::string picture = options.picture.empty()
                                  ? std::filesystem::path(file).stem().string() + ".png"
                                  : options.picture;
  write_psf_picture(picture, prepared.psf.view());
  if (options.json) {
    nlohmann::json json = psf_json(description);
    json["place"] = stored.place;
    json["kind"] = stored.kind;
    json["model"] = stored.model;
    json["background"] = prepared.background;
    json["moved_um"] = {prepared.moved.z_um, prepared.moved.y_um, prepared.moved.x_um};
    fmt::print("{}\n", json.dump(2));
    return ExitCode::complete;
  }
  fmt::print("{:<26}{}\n{:<26}{}, {}\n", "PSF", stored.place, "kind, model",
             or_missing(stored.kind), or_missing(stored.model));
  fmt::print("{:<26}{:g}\n{:<26}{:.3f}, {:.3f}, {:.3f} um\n", "background taken away",
             prepared.background, "moved to the middle by", shown_um(prepared.moved.z_um),
             shown_um(prepared.moved.y_um), shown_um(prepared.moved.x_um));
  fmt::print("{}{:<26}{}\n", psf_text(description), "picture", picture);
  return ExitCode::complete;
}

ExitCode psf_estimate_command(const PsfEstimateOptions& options) {
  const FoundBeads found = find_beads_in(options);
  if (found.windows.empty()) {
    fmt::print(stderr,
               "bramble: no isolated bead lies wholly inside; record beads spread thinner, or give "
               "a smaller window with --half-depth-um and --half-width-um\n");
    return ExitCode::nothing_usable;
  }
  BeadAverage average = average_beads(found.windows);
  StoredPsf mean;
  mean.values = std::move(average.psf);
  mean.place = "the mean of the beads";
  StoredPsf psf;
  psf.values = prepare(mean, options.mirrored ? PsfSymmetry::mirrored : PsfSymmetry::as_it_is).psf;
  psf.kind = "measured";
  psf.model = "beads";
  write_psf(options.out, psf);
  fmt::print("{:<26}{} averaged, {} outliers left out\n", "beads", average.num_beads,
             average.num_outliers);
  fmt::print("{:<26}{:.3f} +- {:.3f} um lateral, {:.3f} +- {:.3f} um axial\n", "of single beads",
             average.fwhm_xy.median_um, average.fwhm_xy.spread_um, average.fwhm_z.median_um,
             average.fwhm_z.spread_um);
  fmt::print("{}{:<26}{}\n", psf_text(describe_psf(psf.values)), "written", options.out);
  return ExitCode::complete;
}

}  // namespace bramble
