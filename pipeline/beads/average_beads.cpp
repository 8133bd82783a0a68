#include "pipeline/beads/average_beads.hpp"

#include "kernels/core/error.hpp"
#include "kernels/core/middle_value.hpp"
#include "kernels/restore/full_width.hpp"
#include "kernels/restore/psf_border.hpp"
#include "kernels/restore/psf_centre.hpp"
#include "kernels/restore/psf_grid.hpp"
#include "kernels/restore/resample_psf.hpp"

#include <algorithm>
#include <cmath>

namespace bramble {

namespace {

struct AlignedBead {
  Volume<float> values;  // of the windows' extent
  double fwhm_xy_um = 0;
  double fwhm_z_um = 0;
};

std::vector<double> line(VolumeView<const float> values, Voxel step) {
  const Voxel middle = middle_of(values.extent);
  const int half = middle.z * step.z + middle.y * step.y + middle.x * step.x;
  std::vector<double> samples;
  for (int i = -half; i <= half; ++i) {
    samples.push_back(static_cast<double>(
        values(middle.z + i * step.z, middle.y + i * step.y, middle.x + i * step.x)));
  }
  return samples;
}

// The middle part, of the given odd extent.
Volume<float> middle_part(const Volume<float>& values, Extent extent) {
  Volume<float> part(MemorySpace::host, extent, values.spacing());
  const Voxel from = middle_of(values.extent());
  const Voxel to = middle_of(extent);
  for (std::int64_t i = 0; i < part.voxels().size(); ++i) {
    const Voxel v = extent.voxel(i);
    part.voxels()[i] = values.view()(from.z + v.z - to.z, from.y + v.y - to.y, from.x + v.x - to.x);
  }
  return part;
}

// The light of the core, which the noise far from it does not reach.
double core_light(VolumeView<const float> values) {
  constexpr double half_depth_um = 1.5;
  constexpr double half_width_um = 0.5;
  const Position middle = position_of(middle_of(values.extent), values.spacing);
  double sum = 0;
  for (std::int64_t i = 0; i < values.extent.num_voxels(); ++i) {
    const Position from = position_of(values.extent.voxel(i), values.spacing) - middle;
    const bool is_core =
        std::abs(from.z_um) <= half_depth_um && std::hypot(from.y_um, from.x_um) <= half_width_um;
    sum += is_core ? static_cast<double>(values.data[i]) : 0;
  }
  return sum;
}

AlignedBead align(const Volume<float>& window) {
  const float background = psf_border(window.view()).level;
  Volume<float> above(MemorySpace::host, window.extent(), window.spacing());
  std::transform(window.voxels().begin(), window.voxels().end(), above.voxels().begin(),
                 [&](float value) { return value - background; });
  const Volume<float> moved =
      resample_psf(above.view(), psf_centre(above.view()), window.spacing());
  AlignedBead bead{.values = middle_part(moved, window.extent())};
  const double light = core_light(bead.values.view());
  for (float& value : bead.values.voxels()) {
    value = static_cast<float>(static_cast<double>(value) / light);
  }
  const Spacing spacing = window.spacing();
  bead.fwhm_z_um = full_width_um(line(bead.values.view(), {1, 0, 0}), spacing.z_um);
  bead.fwhm_xy_um = (full_width_um(line(bead.values.view(), {0, 1, 0}), spacing.y_um) +
                     full_width_um(line(bead.values.view(), {0, 0, 1}), spacing.x_um)) /
                    2;
  return bead;
}

BeadWidth width_of(const std::vector<AlignedBead>& beads, double AlignedBead::*fwhm_um) {
  std::vector<double> widths;
  for (const AlignedBead& bead : beads) {
    widths.push_back(bead.*fwhm_um);
  }
  BeadWidth width{.median_um = middle_value(widths)};
  for (double& value : widths) {
    value = std::abs(value - width.median_um);
  }
  width.spread_um = sigma_per_median_deviation * middle_value(std::move(widths));
  return width;
}

bool is_usual(double fwhm_um, const BeadWidth& usual) {
  constexpr double num_spreads = 3;
  constexpr double least_frac = 0.05;
  return std::abs(fwhm_um - usual.median_um) <=
         num_spreads * usual.spread_um + least_frac * usual.median_um;
}

// Without the highest and the lowest tenth.
double trimmed_mean(std::vector<float>& values) {
  std::sort(values.begin(), values.end());
  const auto num_left_out = static_cast<std::ptrdiff_t>(values.size() / 10);
  double sum = 0;
  for (auto value = values.begin() + num_left_out; value != values.end() - num_left_out; ++value) {
    sum += static_cast<double>(*value);
  }
  return sum / static_cast<double>(static_cast<std::ptrdiff_t>(values.size()) - 2 * num_left_out);
}

Volume<float> mean_of(const std::vector<AlignedBead>& beads) {
  const Volume<float>& first = beads.front().values;
  Volume<float> mean(MemorySpace::host, first.extent(), first.spacing());
  std::vector<float> values(beads.size());
  for (std::int64_t i = 0; i < mean.voxels().size(); ++i) {
    std::transform(beads.begin(), beads.end(), values.begin(),
                   [&](const AlignedBead& bead) { return bead.values.voxels()[i]; });
    mean.voxels()[i] = static_cast<float>(trimmed_mean(values));
  }
  const float top = mean.view()(middle_of(mean.extent()));
  for (float& value : mean.voxels()) {
    value /= top;
  }
  return mean;
}

}  // namespace

BeadAverage average_beads(const std::vector<Volume<float>>& windows) {
  std::vector<AlignedBead> beads;
  for (const Volume<float>& window : windows) {
    require(window.extent() == windows.front().extent() &&
                window.spacing() == windows.front().spacing(),
            "beads that are averaged have one extent and one spacing");
    AlignedBead bead = align(window);
    if (std::isfinite(bead.fwhm_xy_um) && std::isfinite(bead.fwhm_z_um)) {
      beads.push_back(std::move(bead));
    }
  }
  if (beads.empty()) {
    throw DataError("none of " + std::to_string(windows.size()) +
                    " beads falls to half of its brightness inside its window; record more beads, "
                    "thinner spread, with their whole depth");
  }
  const BeadWidth usual_xy = width_of(beads, &AlignedBead::fwhm_xy_um);
  const BeadWidth usual_z = width_of(beads, &AlignedBead::fwhm_z_um);
  std::erase_if(beads, [&](const AlignedBead& bead) {
    return !is_usual(bead.fwhm_xy_um, usual_xy) || !is_usual(bead.fwhm_z_um, usual_z);
  });
  if (beads.empty()) {
    throw DataError("no two of " + std::to_string(windows.size()) +
                    " beads have the same widths; record more beads");
  }
  return {.psf = mean_of(beads),
          .num_beads = static_cast<int>(beads.size()),
          .num_outliers = static_cast<int>(windows.size() - beads.size()),
          .fwhm_xy = width_of(beads, &AlignedBead::fwhm_xy_um),
          .fwhm_z = width_of(beads, &AlignedBead::fwhm_z_um)};
}

}  // namespace bramble
