#include "pipeline/phantom/optics.hpp"

#include <omp.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace bramble {
namespace {

constexpr float fine_depth_um = 0.125f;
constexpr double reach_sigma = 4;  // beyond it a Gaussian holds 6e-5

double sigma_of(double fwhm_um) { return fwhm_um / (2 * std::sqrt(2 * std::numbers::ln2)); }

double gaussian(double distance_um, double sigma_um) {
  return std::exp(-0.5 * distance_um * distance_um / (sigma_um * sigma_um)) /
         (sigma_um * std::sqrt(2 * std::numbers::pi));
}

// Fine cells that a border of the volume needs, so that light from outside reaches it.
int num_border_cells(double sigma_um, double cell_um) {
  return static_cast<int>(std::ceil(reach_sigma * sigma_um / cell_um));
}

// What a pixel gets from the fine cells around it: Gaussian blur and the mean of the pixel's two
// cells in one. Weight t belongs to fine cell 2 * pixel + t of a grid with num_border_cells in
// front.
std::vector<float> pixel_weights(double sigma_um, double cell_um) {
  const int border = num_border_cells(sigma_um, cell_um);
  std::vector<double> weights(static_cast<std::size_t>(2 * border + 2));
  double total = 0;
  for (int t = -border; t <= border; ++t) {
    const double weight = gaussian(t * cell_um, sigma_um);
    const auto first = static_cast<std::size_t>(t + border);
    weights[first] += weight;
    weights[first + 1] += weight;
    total += 2 * weight;
  }
  std::vector<float> normalised;
  for (const double weight : weights) {
    normalised.push_back(static_cast<float>(weight / total));
  }
  return normalised;
}

struct Optics {
  Extent extent;  // of the image
  FineGrid grid;
  std::vector<float>
      depth_weights;  // of fine plane j for slice k: [k * grid.extent.z + j], 0 out of reach
  std::vector<float> weights_y;
  std::vector<float> weights_x;
};

Optics make_optics(PhantomPsf psf, Extent extent, Spacing spacing) {
  const double sigma_xy_um = sigma_of(psf.fwhm_xy_um);
  const double sigma_z_um = sigma_of(psf.fwhm_z_um);
  Optics optics;
  optics.extent = extent;
  optics.grid.spacing = {fine_depth_um, spacing.y_um / 2, spacing.x_um / 2};
  const Spacing h = optics.grid.spacing;
  const int border_z = num_border_cells(sigma_z_um, h.z_um);
  const int border_y = num_border_cells(sigma_xy_um, h.y_um);
  const int border_x = num_border_cells(sigma_xy_um, h.x_um);
  const double depth_um = (extent.z - 1) * static_cast<double>(spacing.z_um);
  optics.grid.extent = {static_cast<int>(std::ceil(depth_um / h.z_um)) + 1 + 2 * border_z,
                        2 * extent.y + 2 * border_y, 2 * extent.x + 2 * border_x};
  // The two cells of a pixel lie a quarter of a pixel to either side of its centre.
  optics.grid.origin = {-static_cast<double>(border_z) * h.z_um, -(border_y + 0.5) * h.y_um,
                        -(border_x + 0.5) * h.x_um};
  optics.weights_y = pixel_weights(sigma_xy_um, h.y_um);
  optics.weights_x = pixel_weights(sigma_xy_um, h.x_um);
  for (int slice = 0; slice < extent.z; ++slice) {
    for (int plane = 0; plane < optics.grid.extent.z; ++plane) {
      const double distance_um = optics.grid.origin.z_um + plane * static_cast<double>(h.z_um) -
                                 slice * static_cast<double>(spacing.z_um);
      const bool in_reach = std::abs(distance_um) <= reach_sigma * sigma_z_um;
      optics.depth_weights.push_back(
          in_reach ? static_cast<float>(h.z_um * gaussian(distance_um, sigma_z_um)) : 0.0f);
    }
  }
  return optics;
}

// A worker's scratch: one row of the fine grid, and the same row seen on every slice.
struct RowScratch {
  explicit RowScratch(const Optics& optics)
      : occupancy(optics.grid),
        slices(static_cast<std::size_t>(optics.extent.z) *
               static_cast<std::size_t>(optics.grid.extent.x)) {}
  OccupancyRow occupancy;
  std::vector<float> slices;  // (slice, fine column)
};

// Adds what the slices see of the row that `scratch.occupancy` holds.
void blur_in_depth(const Optics& optics, float gain, RowScratch& scratch) {
  const OccupancyRow& row = scratch.occupancy;
  for (int slice = 0; slice < optics.extent.z; ++slice) {
    const float* weights =
        optics.depth_weights.data() + static_cast<std::int64_t>(slice) * optics.grid.extent.z;
    float* seen = scratch.slices.data() + static_cast<std::int64_t>(slice) * optics.grid.extent.x;
    for (int plane = row.first_plane(); plane < row.end_plane(); ++plane) {
      const float weight = gain * weights[plane];
      if (weight == 0) {
        continue;
      }
      const float* cells = row.plane(plane);
      for (int column = row.first_column(); column < row.end_column(); ++column) {
        seen[column] += weight * cells[column];
      }
    }
  }
}

// Blurs along x and bins to pixels: `pixels` is (slice, pixel) of this row.
void blur_along_row(const Optics& optics, const RowScratch& scratch, float* pixels) {
  for (int slice = 0; slice < optics.extent.z; ++slice) {
    const float* seen =
        scratch.slices.data() + static_cast<std::int64_t>(slice) * optics.grid.extent.x;
    for (int x = 0; x < optics.extent.x; ++x) {
      float sum = 0;
      for (std::size_t t = 0; t < optics.weights_x.size(); ++t) {
        sum += optics.weights_x[t] * seen[2 * static_cast<std::size_t>(x) + t];
      }
      *pixels++ = sum;
    }
  }
}

// All fine rows blurred in depth and along x: (fine row, slice, pixel). Rows without any cell stay
// 0.
std::vector<float> draw_rows(const std::vector<DyedCell>& cells, const Optics& optics) {
  const std::int64_t row_size = static_cast<std::int64_t>(optics.extent.z) * optics.extent.x;
  std::vector<float> rows(static_cast<std::size_t>(row_size * optics.grid.extent.y));
  std::vector<RowScratch> scratches(static_cast<std::size_t>(omp_get_max_threads()),
                                    RowScratch(optics));
#pragma omp parallel for schedule(dynamic)
  for (int row = 0; row < optics.grid.extent.y; ++row) {
    RowScratch& scratch = scratches[static_cast<std::size_t>(omp_get_thread_num())];
    std::fill(scratch.slices.begin(), scratch.slices.end(), 0.0f);
    bool empty = true;
    for (const DyedCell& cell : cells) {
      scratch.occupancy.draw(cell, row);
      if (scratch.occupancy.first_plane() < scratch.occupancy.end_plane()) {
        blur_in_depth(optics, static_cast<float>(cell.gain), scratch);
        empty = false;
      }
    }
    if (!empty) {
      blur_along_row(optics, scratch, rows.data() + row * row_size);
    }
  }
  return rows;
}

}  // namespace

void image_cells(const std::vector<DyedCell>& cells, PhantomPsf psf, VolumeView<float> image) {
  const Optics optics = make_optics(psf, image.extent, image.spacing);
  const std::vector<float> rows = draw_rows(cells, optics);
  const std::int64_t row_size = static_cast<std::int64_t>(image.extent.z) * image.extent.x;
#pragma omp parallel for collapse(2) schedule(static)
  for (int z = 0; z < image.extent.z; ++z) {
    for (int y = 0; y < image.extent.y; ++y) {
      float* pixels = &image(z, y, 0);
      std::fill(pixels, pixels + image.extent.x, 0.0f);
      for (std::size_t t = 0; t < optics.weights_y.size(); ++t) {
        const float* row = rows.data() + (2 * y + static_cast<std::int64_t>(t)) * row_size +
                           static_cast<std::int64_t>(z) * image.extent.x;
        for (int x = 0; x < image.extent.x; ++x) {
          pixels[x] += optics.weights_y[t] * row[x];
        }
      }
    }
  }
}

double cylinder_peak(PhantomPsf psf, double diameter_um) {
  constexpr int num_steps = 1000;
  const double sigma_xy_um = sigma_of(psf.fwhm_xy_um);
  const double sigma_z_um = sigma_of(psf.fwhm_z_um);
  const double radius_um = 0.5 * diameter_um;
  const double step_um = diameter_um / num_steps;
  double peak = 0;
  for (int i = 0; i < num_steps; ++i) {
    const double across_um = (i + 0.5) * step_um - radius_um;
    const double half_depth_um = std::sqrt(radius_um * radius_um - across_um * across_um);
    peak += step_um * gaussian(across_um, sigma_xy_um) *
            std::erf(half_depth_um / (sigma_z_um * std::numbers::sqrt2));
  }
  return peak;
}

}  // namespace bramble
