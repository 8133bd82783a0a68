#include "kernels/restore/deconvolution.hpp"

#include "kernels/core/for_each_voxel.hpp"
#include "kernels/restore/column_sums.hpp"
#include "kernels/restore/deconvolution_run.hpp"
#include "kernels/restore/fourier_engine.hpp"
#include "kernels/restore/separable_engine.hpp"
#include "kernels/restore/separable_psf.hpp"
#include "kernels/restore/stack_sums.hpp"
#include "kernels/restore/tile_layout.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <variant>

namespace bramble {

namespace {

struct CropEstimate {
  VolumeView<const float> estimate;
  VolumeView<float> restored;
  Voxel from;

  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    restored(v) = estimate(from.z + v.z, from.y + v.y, from.x + v.x);
  }
};

// restored += weight x estimate for the voxels of one tile of a range of slices.
struct BlendEstimate {
  VolumeView<const float> estimate;
  VolumeView<float> restored;
  Voxel from;
  AxisPart slices;
  AxisPart z;  // of the slices
  AxisPart y;
  AxisPart x;

  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    const float weight = slices.blend.weight(z.start + v.z) * z.blend.weight(v.z) *
                         y.blend.weight(v.y) * x.blend.weight(v.x);
    restored(slices.start + z.start + v.z, y.start + v.y, x.start + v.x) +=
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

using Engine = std::variant<std::unique_ptr<SeparableEngine>, std::unique_ptr<FourierEngine>>;

Engine make_engine(const Exec& exec, Extent part, const Volume<float>& psf, FftPlanning planning) {
  const std::optional<SeparablePsf> factors = separate_psf(psf.view());
  const Extent size = psf.extent();
  if (factors && std::max({size.z, size.y, size.x}) <= Taps::max_taps) {
    return std::make_unique<SeparableEngine>(exec, part, psf.spacing(), *factors);
  }
  return std::make_unique<FourierEngine>(exec, part, psf, planning);
}

// The largest of all PSFs, along each axis.
Extent largest_overlaps(const StackPsf& psf) {
  Extent largest{0, 0, 0};
  for (const StackPsf::Range& range : psf.ranges) {
    const Extent overlaps = tile_overlaps(*range.psf);
    largest = {std::max(largest.z, overlaps.z), std::max(largest.y, overlaps.y),
               std::max(largest.x, overlaps.x)};
  }
  return largest;
}

std::vector<AxisPart> slices_of(const StackPsf& psf, int num_slices, int halo) {
  std::vector<int> first_slices;
  for (const StackPsf::Range& range : psf.ranges) {
    first_slices.push_back(range.first_slice);
  }
  return range_axis(num_slices, first_slices, halo);
}

// The slices that one PSF holds for, in tiles along z.
struct Slab {
  AxisPart slices;
  std::vector<AxisPart> tiles;
  Engine engine;

  // Calls body(engine).
  template <class Body>
  auto with_engine(const Body& body) const {
    return std::visit([&](const auto& one) { return body(*one); }, engine);
  }
};

}  // namespace

struct Deconvolver::Work {
  Extent image;
  std::vector<AxisPart> tiles_y;
  std::vector<AxisPart> tiles_x;
  std::vector<Slab> slabs;
  ColumnSums sums;

  Work(const Exec& exec, Extent image_extent, const StackPsf& psf, std::optional<Extent> tile,
       FftPlanning planning)
      : image(image_extent), sums(exec.space()) {
    const Extent overlaps = largest_overlaps(psf);
    const Extent largest = tile.value_or(image);
    tiles_y = tile_axis(image.y, largest.y, overlaps.y);
    tiles_x = tile_axis(image.x, largest.x, overlaps.x);
    // Structures cross from one range to the next; half of it leaves errors of several percent.
    const int halo = overlaps.z;
    const std::vector<AxisPart> slices = slices_of(psf, image.z, halo);
    for (std::size_t i = 0; i < slices.size(); ++i) {
      std::vector<AxisPart> tiles_z = tile_axis(slices[i].size, largest.z, overlaps.z);
      const Extent part{tiles_z.front().size, tiles_y.front().size, tiles_x.front().size};
      slabs.push_back(
          {slices[i], std::move(tiles_z), make_engine(exec, part, *psf.ranges[i].psf, planning)});
    }
  }

  bool is_in_one_part() const {
    return slabs.size() == 1 && slabs.front().tiles.size() * tiles_y.size() * tiles_x.size() == 1;
  }

  template <class Engine, class Count>
  void restore_slab(const Exec& exec, const Slab& slab, Engine& engine, PhotonDataOf<Count> data,
                    DeconvolutionRun& run, VolumeView<float> restored) {
    data.part = {slab.tiles.front().size, tiles_y.front().size, tiles_x.front().size};
    for (const AxisPart& z : slab.tiles) {
      for (const AxisPart& y : tiles_y) {
        for (const AxisPart& x : tiles_x) {
          data.origin = {slab.slices.start + z.start, y.start, x.start};
          run_part(exec, engine, data, run, sums);
          for_each_voxel(exec, data.part,
                         BlendEstimate{engine.estimate(), restored, engine.part_origin(),
                                       slab.slices, z, y, x});
        }
      }
    }
  }

  template <class Count>
  void restore_slabs(const Exec& exec, const PhotonDataOf<Count>& data, DeconvolutionRun& run,
                     VolumeView<float> restored) {
    fill_bytes(exec, restored.data, 0,
               static_cast<std::size_t>(image.num_voxels()) * sizeof(float));
    for (const Slab& slab : slabs) {
      slab.with_engine(
          [&](auto& engine) { restore_slab(exec, slab, engine, data, run, restored); });
    }
  }

  void check(Extent counts, const PhotonScale& scale, const BackgroundField& background,
             Extent restored, const DeconvolutionParams& params, const HeldOut* held_out) const {
    require(counts == image && restored == image,
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
    PhotonDataOf<Count> data{.counts = counts,
                             .background = background,
                             .held_out = {},
                             .origin = {},
                             .part = image,
                             .offset_counts = scale.offset_counts,
                             .photons_per_count = 1 / scale.gain_counts,
                             .read_variance_photons = scale.read_variance_photons,
                             .saturation_counts = scale.saturation_counts};
    // Of the whole image, so that all parts start alike.
    const auto mean = static_cast<float>(mean_signal(exec, data, sums));
    DeconvolutionRun run{.params = params, .start = std::max(mean, AdvanceEstimate::floor_photons)};
    if (held_out != nullptr) {
      data.held_out = held_out->photons;
      data.held_out_ratio = static_cast<float>(held_out->ratio);
    }
    if (is_in_one_part()) {
      run.patience = held_out == nullptr ? 0 : held_out->patience;
      slabs.front().with_engine([&](auto& engine) {
        run_part(exec, engine, data, run, sums);
        for_each_voxel(exec, image,
                       CropEstimate{engine.estimate(), restored, engine.part_origin()});
      });
    } else {
      restore_slabs(exec, data, run, restored);
    }
    DeconvolutionReport report = report_of(run);
    report.floor_frac = floor_frac(exec, restored, sums);
    return report;
  }
};

Deconvolver::Deconvolver(const Exec& exec, Extent image, const StackPsf& psf,
                         std::optional<Extent> tile, FftPlanning planning) {
  require(image.num_voxels() > 0, "an empty image cannot be restored");
  for (const StackPsf::Range& range : psf.ranges) {
    check_psf(*range.psf);
  }
  work_ = std::make_unique<Work>(exec, image, psf, tile, planning);
}

Deconvolver::~Deconvolver() = default;
Deconvolver::Deconvolver(Deconvolver&&) noexcept = default;
Deconvolver& Deconvolver::operator=(Deconvolver&&) noexcept = default;

bool Deconvolver::separable() const noexcept {
  return std::ranges::all_of(work_->slabs, [](const Slab& slab) {
    return std::holds_alternative<std::unique_ptr<SeparableEngine>>(slab.engine);
  });
}

Extent Deconvolver::padded_extent() const noexcept {
  Extent largest{0, 0, 0};
  for (const Slab& slab : work_->slabs) {
    const Extent padded = slab.with_engine([](const auto& one) { return one.padded_extent(); });
    largest = padded.num_voxels() > largest.num_voxels() ? padded : largest;
  }
  return largest;
}

std::int64_t Deconvolver::num_bytes() const noexcept {
  std::int64_t total = 0;
  for (const Slab& slab : work_->slabs) {
    total += slab.with_engine([](const auto& one) { return one.num_bytes(); });
  }
  return total;
}

DeconvolutionReport Deconvolver::restore(const Exec& exec, CountsView counts,
                                         const PhotonScale& scale,
                                         const BackgroundField& background,
                                         VolumeView<float> restored,
                                         const DeconvolutionParams& params,
                                         const HeldOut* held_out) {
  work_->check(counts.extent, scale, background, restored.extent, params, held_out);
  return counts.visit([&](auto voxels) {
    return work_->restore(exec, voxels, scale, background, restored, params, held_out);
  });
}

}  // namespace bramble
