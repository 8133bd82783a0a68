#include "jobs/psf_description.hpp"

#include "kernels/restore/crop_psf.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>

namespace bramble {
namespace {

std::string width_text(double fwhm_um) {
  return std::isfinite(fwhm_um) ? fmt::format("{:.3f} um", fwhm_um) : "n/a";
}

nlohmann::json width_json(double fwhm_um) {
  return std::isfinite(fwhm_um) ? nlohmann::json(fwhm_um) : nlohmann::json();
}

}  // namespace

PsfDescription describe_psf(const Volume<float>& psf) {
  return {.extent = psf.extent(),
          .spacing = psf.spacing(),
          .support_99_percent = crop_psf(psf, {.energy_frac = 0.99f}).psf.extent(),
          .shape = psf_shape(psf.view())};
}

std::string psf_text(const PsfDescription& d) {
  const PsfShape& shape = d.shape;
  std::string text;
  const auto add = [&](const char* name, const std::string& value) {
    text += fmt::format("{:<26}{}\n", name, value);
  };
  add("voxels (z, y, x)", fmt::format("{} x {} x {}", d.extent.z, d.extent.y, d.extent.x));
  add("voxel size (z, y, x)",
      fmt::format("{:g} x {:g} x {:g} um", d.spacing.z_um, d.spacing.y_um, d.spacing.x_um));
  add("99 % of the light in", fmt::format("{} x {} x {} voxels", d.support_99_percent.z,
                                          d.support_99_percent.y, d.support_99_percent.x));
  add("FWHM, lateral", fmt::format("{} (y {}, x {})", width_text(shape.fwhm_xy_um),
                                   width_text(shape.fwhm_y_um), width_text(shape.fwhm_x_um)));
  add("FWHM, axial", width_text(shape.fwhm_z_um));
  add("nearest Gaussian", fmt::format("{} x {}", width_text(shape.nearest_gaussian.fwhm_xy_um),
                                      width_text(shape.nearest_gaussian.fwhm_z_um)));
  add("light outside its 4 sigma", fmt::format("{:.1f} %", 100 * shape.energy_outside_frac));
  add("left over by a product", fmt::format("{:.1f} %", 100 * shape.separable_residual_frac));
  return text;
}

nlohmann::json psf_json(const PsfDescription& d) {
  const PsfShape& shape = d.shape;
  return {{"extent", {d.extent.z, d.extent.y, d.extent.x}},
          {"spacing_um", {d.spacing.z_um, d.spacing.y_um, d.spacing.x_um}},
          {"support_99_percent",
           {d.support_99_percent.z, d.support_99_percent.y, d.support_99_percent.x}},
          {"fwhm_xy_um", width_json(shape.fwhm_xy_um)},
          {"fwhm_y_um", width_json(shape.fwhm_y_um)},
          {"fwhm_x_um", width_json(shape.fwhm_x_um)},
          {"fwhm_z_um", width_json(shape.fwhm_z_um)},
          {"nearest_gaussian_fwhm_xy_um", shape.nearest_gaussian.fwhm_xy_um},
          {"nearest_gaussian_fwhm_z_um", shape.nearest_gaussian.fwhm_z_um},
          {"energy_outside_frac", shape.energy_outside_frac},
          {"separable_residual_frac", shape.separable_residual_frac}};
}

}  // namespace bramble
