#include "kernels/restore/deconvolution.hpp"

#include "kernels/core/for_each_voxel.hpp"
#include "kernels/restore/column_sums.hpp"
#include "kernels/restore/deconvolution_run.hpp"
#include "kernels/restore/fourier_engine.hpp"
#include "kernels/restore/separable_engine.hpp"
#include "kernels/restore/separable_psf.hpp"
#include "kernels/restore/tile_layout.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace bramble {

namespace {

// sums[z][x]: photons less background, as they are.
template <class Count>
struct AddSignal {
  PhotonDataOf<Count> data;
  double* sums;

  BRAMBLE_HD void operator()(Voxel first, int end_x) const noexcept {
    double* total = sums + static_cast<std::int64_t>(first.z) * data.part.x;
    for (int y = 0; y < data.part.y; ++y) {
      const typename PhotonDataOf<Count>::Row row = data.row_at(first.z, y);
      const int origin_x = data.origin.x;
      data.for_each_segment(
          first.z, y, first.x, end_x,
          [row, origin_x, total](BackgroundField::Segment background, int from, int to) {
            for (int x = from; x < to; ++x) {
              total[x] +=
                  static_cast<double>(row.unshifted_photons(x) - background.at(x + origin_x));
            }
          });
    }
  }
};

// sums[z][x]: voxels at the floor.
struct CountFloor {
  VolumeView<const float> restored;
  double* sums;

  BRAMBLE_HD void operator()(Voxel first, int end_x) const noexcept {
    double* total = sums + static_cast<std::int64_t>(first.z) * restored.extent.x;
    for (int y = 0; y < restored.extent.y; ++y) {
      const float* row = &restored(first.z, y, 0);
      for (int x = first.x; x < end_x; ++x) {
        total[x] += row[x] <= AdvanceEstimate::floor_photons ? 1.0 : 0.0;
      }
    }
  }
};

struct CropEstimate {
  VolumeView<const float> estimate;
  VolumeView<float> restored;
  Voxel from;

  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    restored(v) = estimate(from.z + v.z, from.y + v.y, from.x + v.x);
  }
};

// restored += weight x estimate for the voxels of one tile.
struct BlendEstimate {
  VolumeView<const float> estimate;
  VolumeView<float> restored;
  Voxel from;
  Voxel origin;
  BlendAxis z;
  BlendAxis y;
  BlendAxis x;

  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    const float weight = z.weight(v.z) * y.weight(v.y) * x.weight(v.x);
    restored(origin.z + v.z, origin.y + v.y, origin.x + v.x) +=
        weight * estimate(from.z + v.z, from.y + v.y, from.x + v.x);
  }
};

void check_psf(const Volume<float>& psf) {
  const Extent size = psf.extent();
  require(size.z % 2 == 1 && size.y % 2 == 1 && size.x % 2 == 1,
          "a PSF must have an odd extent, its centre in the middle");
  double total = 0;
  for (const float value : psf.voxels()) {
    require(std::isfinite(value) && value >= 0, "a PSF must be finite and not negative");
    total += static_cast<double>(value);
  }
  constexpr double largest_deviation = 1e-3;
  require(std::abs(total - 1) < largest_deviation,
          "the sum of a PSF is " + std::to_string(total) + " (must be 1); divide it by its sum");
}

}  // namespace

struct Deconvolver::Work {
  Extent image;
  AxisTiles tiles_z;
  AxisTiles tiles_y;
  AxisTiles tiles_x;
  std::unique_ptr<FourierEngine> fourier;  // one of the two
  std::unique_ptr<SeparableEngine> separable;
  ColumnSums sums;

  Work(const Exec& exec, Extent image_extent, const Volume<float>& psf, std::optional<Extent> tile,
       FftPlanning planning)
      : image(image_extent), sums(exec.space()) {
    const Extent overlaps = tile_overlaps(psf);
    const Extent largest = tile.value_or(image);
    tiles_z = tile_axis(image.z, largest.z, overlaps.z);
    tiles_y = tile_axis(image.y, largest.y, overlaps.y);
    tiles_x = tile_axis(image.x, largest.x, overlaps.x);
    const Extent part{tiles_z.size, tiles_y.size, tiles_x.size};
    const std::optional<SeparablePsf> factors = separate_psf(psf.view());
    const Extent size = psf.extent();
    if (factors && std::max({size.z, size.y, size.x}) <= Taps::max_taps) {
      separable = std::make_unique<SeparableEngine>(exec, part, psf.spacing(), *factors);
    } else {
      fourier = std::make_unique<FourierEngine>(exec, part, psf, planning);
    }
  }

  std::size_t num_tiles() const {
    return tiles_z.starts.size() * tiles_y.starts.size() * tiles_x.starts.size();
  }

  // Calls body(engine).
  template <class Body>
  auto with_engine(const Body& body) {
    return fourier ? body(*fourier) : body(*separable);
  }

  // Mean of data less background over the whole image, so that all tiles start alike.
  template <class Count>
  float flat_start(const Exec& exec, PhotonDataOf<Count> data) {
    data.part = image;
    sums.clear(exec, 1, image.z, image.x);
    for_each_row_part(exec, Extent{image.z, 1, image.x}, AddSignal<Count>{data, sums.columns()});
    const double mean = sums.total(exec)[0] / static_cast<double>(image.num_voxels());
    return std::max(static_cast<float>(mean), AdvanceEstimate::floor_photons);
  }

  double floor_frac(const Exec& exec, VolumeView<const float> restored) {
    sums.clear(exec, 1, image.z, image.x);
    for_each_row_part(exec, Extent{image.z, 1, image.x}, CountFloor{restored, sums.columns()});
    return sums.total(exec)[0] / static_cast<double>(image.num_voxels());
  }

  template <class Engine, class Count>
  void restore_tiles(const Exec& exec, Engine& engine, PhotonDataOf<Count> data,
                     DeconvolutionRun& run, VolumeView<float> restored) {
    fill_bytes(exec, restored.data, 0,
               static_cast<std::size_t>(image.num_voxels()) * sizeof(float));
    for (int z = 0; z < static_cast<int>(tiles_z.starts.size()); ++z) {
      for (int y = 0; y < static_cast<int>(tiles_y.starts.size()); ++y) {
        for (int x = 0; x < static_cast<int>(tiles_x.starts.size()); ++x) {
          data.origin = {tiles_z.starts[static_cast<std::size_t>(z)],
                         tiles_y.starts[static_cast<std::size_t>(y)],
                         tiles_x.starts[static_cast<std::size_t>(x)]};
          run_part(exec, engine, data, run, sums);
          for_each_voxel(
              exec, data.part,
              BlendEstimate{engine.estimate(), restored, engine.part_origin(), data.origin,
                            blend_of(tiles_z, z), blend_of(tiles_y, y), blend_of(tiles_x, x)});
        }
      }
    }
  }

  template <class Count>
  void check(VolumeView<const Count> counts, const PhotonScale& scale,
             const BackgroundField& background, VolumeView<const float> restored,
             const DeconvolutionParams& params, const HeldOut* held_out) const {
    require(counts.extent == image && restored.extent == image,
            "counts or result differ from the planned extent");
    require(params.iterations >= 0, "a negative number of iterations");
    require(scale.gain_counts > 0 && scale.read_variance_photons >= 0,
            "the gain must be positive and the read variance not negative");
    require(held_out == nullptr || (held_out->photons.extent == image && held_out->ratio > 0 &&
                                    held_out->patience > 0),
            "held-out photons need the extent of the image, a positive ratio and patience");
    const int num_planes = background.nodes.extent.z;
    require(num_planes <= 1 || num_planes == image.z,
            "a background field needs one plane of nodes, or as many as the image has");
  }

  template <class Count>
  DeconvolutionReport restore(const Exec& exec, VolumeView<const Count> counts,
                              const PhotonScale& scale, const BackgroundField& background,
                              VolumeView<float> restored, const DeconvolutionParams& params,
                              const HeldOut* held_out) {
    check(counts, scale, background, VolumeView<const float>(restored), params, held_out);
    PhotonDataOf<Count> data{.counts = counts,
                             .background = background,
                             .held_out = {},
                             .origin = {},
                             .part = {tiles_z.size, tiles_y.size, tiles_x.size},
                             .offset_counts = scale.offset_counts,
                             .photons_per_count = 1 / scale.gain_counts,
                             .read_variance_photons = scale.read_variance_photons,
                             .saturation_counts = scale.saturation_counts};
    DeconvolutionRun run{.params = params, .start = flat_start(exec, data)};
    if (held_out != nullptr) {
      data.held_out = held_out->photons;
      data.held_out_ratio = static_cast<float>(held_out->ratio);
    }
    with_engine([&](auto& engine) {
      if (num_tiles() > 1) {
        restore_tiles(exec, engine, data, run, restored);
        return;
      }
      run.patience = held_out == nullptr ? 0 : held_out->patience;
      run_part(exec, engine, data, run, sums);
      for_each_voxel(exec, image, CropEstimate{engine.estimate(), restored, engine.part_origin()});
    });
    DeconvolutionReport report = report_of(run);
    report.floor_frac = floor_frac(exec, restored);
    return report;
  }
};

Deconvolver::Deconvolver(const Exec& exec, Extent image, const Volume<float>& psf,
                         std::optional<Extent> tile, FftPlanning planning) {
  require(image.num_voxels() > 0, "an empty image cannot be restored");
  check_psf(psf);
  work_ = std::make_unique<Work>(exec, image, psf, tile, planning);
}

Deconvolver::~Deconvolver() = default;
Deconvolver::Deconvolver(Deconvolver&&) noexcept = default;
Deconvolver& Deconvolver::operator=(Deconvolver&&) noexcept = default;

bool Deconvolver::separable() const noexcept { return work_->separable != nullptr; }

Extent Deconvolver::padded_extent() const noexcept {
  return work_->with_engine([](const auto& engine) { return engine.padded_extent(); });
}

std::int64_t Deconvolver::num_bytes() const noexcept {
  return work_->with_engine([](const auto& engine) { return engine.num_bytes(); });
}

DeconvolutionReport Deconvolver::restore(const Exec& exec, VolumeView<const float> counts,
                                         const PhotonScale& scale,
                                         const BackgroundField& background,
                                         VolumeView<float> restored,
                                         const DeconvolutionParams& params,
                                         const HeldOut* held_out) {
  return work_->restore(exec, counts, scale, background, restored, params, held_out);
}

DeconvolutionReport Deconvolver::restore(const Exec& exec, VolumeView<const std::uint16_t> counts,
                                         const PhotonScale& scale,
                                         const BackgroundField& background,
                                         VolumeView<float> restored,
                                         const DeconvolutionParams& params,
                                         const HeldOut* held_out) {
  return work_->restore(exec, counts, scale, background, restored, params, held_out);
}

}  // namespace bramble
