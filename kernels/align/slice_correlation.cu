#include "kernels/align/slice_correlation.hpp"

#include "kernels/core/fft_size.hpp"
#include "kernels/core/fill.hpp"
#include "kernels/core/for_each_voxel.hpp"
#include "kernels/core/gaussian.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace bramble {

namespace {

struct SquareRootOfLight {
  VolumeView<const float> counts;
  float offset;
  VolumeView<float> root;

  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    const float light = counts(v) - offset;
    root(v) = light > 0 ? sqrtf(light) : 0.0f;
  }
};

struct Subtract {
  VolumeView<const float> subtrahend;
  VolumeView<float> volume;

  BRAMBLE_HD void operator()(Voxel v) const noexcept { volume(v) -= subtrahend(v); }
};

// Puts one slice into the low corner of the padded plane, faded out; zeros elsewhere.
struct PlaceSlice {
  VolumeView<const float> stack;
  int slice;
  VolumeView<float> padded;
  AxisWeights fade;

  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    const Voxel from{slice, v.y, v.x};
    padded(v) = stack.extent.contains(from) ? stack(from) * fade.at(v) : 0.0f;
  }
};

// product = moving conj(fixed)
struct CrossSpectrum {
  const Complex* fixed;
  const Complex* moving;
  Complex* product;
  Extent extent;

  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    const std::int64_t i = extent.index(v);
    product[i] = multiply(moving[i], conjugate(fixed[i]));
  }
};

int reach(int length, float spacing_um, float max_shift_um) {
  return std::min(static_cast<int>(std::floor(max_shift_um / spacing_um)), (length - 1) / 2);
}

Extent padded_for(Extent slice, int reach_y, int reach_x) {
  return {1, fast_fft_size(slice.y + reach_y), fast_fft_row_size(slice.x + reach_x)};
}

// A shift that leaves less of the slices is not trusted more for it.
constexpr float smallest_overlap = 0.5f;

int wrapped(int index, int length) { return (index + length) % length; }

}  // namespace

SliceCorrelation::SliceCorrelation(const Exec& exec, VolumeView<const float> stack,
                                   const SliceCorrelationParams& params)
    : slice_{1, stack.extent.y, stack.extent.x},
      spacing_(stack.spacing),
      reach_y_vox_(reach(stack.extent.y, stack.spacing.y_um, params.max_shift_um)),
      reach_x_vox_(reach(stack.extent.x, stack.spacing.x_um, params.max_shift_um)),
      usable_um2_(static_cast<double>(slice_.num_voxels()) * spacing_.y_um * spacing_.x_um *
                  (1 - params.taper_frac) * (1 - params.taper_frac)),
      fft_(exec, padded_for(slice_, reach_y_vox_, reach_x_vox_)),
      padded_(exec.space(), fft_.extent(), spacing_),
      spectra_(exec.space(), fft_.spectrum_extent().num_voxels() * stack.extent.z),
      product_(exec.space(), fft_.spectrum_extent().num_voxels()) {
  require(stack.extent.num_voxels() > 0, "no slice to correlate");
  // The padding of the spectra's rows is never written, and must hold numbers.
  fill_bytes(exec, spectra_.data(), 0, static_cast<std::size_t>(spectra_.size()) * sizeof(Complex));
  Volume<float> root(exec.space(), stack.extent, spacing_);
  Volume<float> scratch(exec.space(), stack.extent, spacing_);
  Volume<float> band(exec.space(), stack.extent, spacing_);
  Volume<float> context(exec.space(), stack.extent, spacing_);
  for_each_voxel(exec, stack.extent, SquareRootOfLight{stack, params.offset_counts, root.view()});
  const auto smooth = [&](float sigma_um, Volume<float>& out) {
    smooth_gaussian(exec, std::as_const(root).view(), scratch.view(), out.view(),
                    {0, sigma_um, sigma_um});
  };
  smooth(params.detail_um, band);
  smooth(params.context_um, context);
  for_each_voxel(exec, stack.extent, Subtract{std::as_const(context).view(), band.view()});

  const WeightTables fade = fade_weights(exec, slice_, params.taper_frac);
  const auto correlate_with_itself = [&](const Complex* of) {
    for_each_voxel(exec, fft_.spectrum_extent(),
                   CrossSpectrum{of, of, product_.data(), fft_.spectrum_extent()});
    inverse_to_host(exec);
    return static_cast<double>(on_host_.voxels()[0]);
  };
  fill(exec, scratch.view(), 1);
  for_each_voxel(exec, fft_.extent(),
                 PlaceSlice{std::as_const(scratch).view(), 0, padded_.view(), fade.weights()});
  fft_.forward(exec, padded_.view().data, spectrum(0));
  const double whole = correlate_with_itself(spectrum(0));
  overlap_ = crop(whole > 0 ? 1 / whole : 0);
  for (int z = 0; z < stack.extent.z; ++z) {
    for_each_voxel(exec, fft_.extent(),
                   PlaceSlice{std::as_const(band).view(), z, padded_.view(), fade.weights()});
    fft_.forward(exec, padded_.view().data, spectrum(z));
  }
  for (int z = 0; z < stack.extent.z; ++z) {
    energy_.push_back(correlate_with_itself(spectrum(z)));
  }
}

const Complex* SliceCorrelation::spectrum(int slice) const noexcept {
  return spectra_.data() + fft_.spectrum_extent().num_voxels() * slice;
}

Complex* SliceCorrelation::spectrum(int slice) noexcept {
  return spectra_.data() + fft_.spectrum_extent().num_voxels() * slice;
}

// The copy that ends on the host waits for the stream.
void SliceCorrelation::inverse_to_host(const Exec& exec) {
  fft_.inverse(exec, product_.data(), padded_.view().data);
  copy(exec, padded_, on_host_);
}

// The shifts in reach, out of the cyclic correlation.
ShiftMap SliceCorrelation::crop(double scale) const {
  ShiftMap map{.correlation = Volume<float>(
                   MemorySpace::host, {1, 2 * reach_y_vox_ + 1, 2 * reach_x_vox_ + 1}, spacing_),
               .reach_y_vox = reach_y_vox_,
               .reach_x_vox = reach_x_vox_};
  const VolumeView<const float> plane = on_host_.view();
  const VolumeView<float> cropped = map.correlation.view();
  for (int y = -reach_y_vox_; y <= reach_y_vox_; ++y) {
    for (int x = -reach_x_vox_; x <= reach_x_vox_; ++x) {
      const float value = plane(0, wrapped(y, plane.extent.y), wrapped(x, plane.extent.x));
      cropped(0, reach_y_vox_ + y, reach_x_vox_ + x) =
          static_cast<float>(static_cast<double>(value) * scale);
    }
  }
  return map;
}

ShiftMap SliceCorrelation::correlate(const Exec& exec, int fixed, int moving) {
  const auto num_slices = static_cast<int>(energy_.size());
  require(fixed >= 0 && fixed < num_slices && moving >= 0 && moving < num_slices,
          "the stack has no such slice");
  for_each_voxel(
      exec, fft_.spectrum_extent(),
      CrossSpectrum{spectrum(fixed), spectrum(moving), product_.data(), fft_.spectrum_extent()});
  inverse_to_host(exec);
  const double energy =
      energy_[static_cast<std::size_t>(fixed)] * energy_[static_cast<std::size_t>(moving)];
  ShiftMap map = crop(energy > 0 ? 1 / std::sqrt(energy) : 0);
  for (std::int64_t i = 0; i < map.correlation.voxels().size(); ++i) {
    map.correlation.voxels()[i] /= std::max(overlap_.correlation.voxels()[i], smallest_overlap);
  }
  return map;
}

}  // namespace bramble
