#include "kernels/restore/richardson_lucy.hpp"

#include "kernels/core/fft_size.hpp"
#include "kernels/core/for_each_voxel.hpp"
#include "kernels/core/reduce.hpp"

#include <algorithm>
#include <cmath>

namespace bramble {

namespace {

// Below this part of full weight a voxel outside the image is not seen well enough to be restored.
constexpr float smallest_weight = 0.01f;
// Keeps the estimate and the model positive; far below one count.
constexpr float floor_counts = 1e-3f;

struct MultiplySpectrum {
  Complex* spectrum;
  const Complex* transfer;

  BRAMBLE_HD void operator()(std::int64_t i) const noexcept {
    spectrum[i] = multiply(spectrum[i], transfer[i]);
  }
};

struct MultiplyConjugate {
  Complex* spectrum;
  const Complex* transfer;

  BRAMBLE_HD void operator()(std::int64_t i) const noexcept {
    spectrum[i] = multiply(spectrum[i], conjugate(transfer[i]));
  }
};

// blurred = 1 where the image counts, 0 elsewhere.
struct MarkImage {
  VolumeView<const float> image;
  VolumeView<float> blurred;
  float saturation_counts;

  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    blurred(v) = image.extent.contains(v) && image(v) < saturation_counts ? 1.0f : 0.0f;
  }
};

struct InvertWeight {
  const float* seen;
  float* weight;

  BRAMBLE_HD void operator()(std::int64_t i) const noexcept {
    weight[i] = seen[i] > smallest_weight ? 1.0f / seen[i] : 0.0f;
  }
};

// blurred holds H p in, (d + v) / (m + v) out, 0 where the image does not count.
struct DivideByModel {
  VolumeView<const float> image;
  VolumeView<float> blurred;
  float background_counts;
  float shift_counts;  // v of the header
  float saturation_counts;

  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    if (!image.extent.contains(v) || image(v) >= saturation_counts) {
      blurred(v) = 0;
      return;
    }
    const float data = image(v) + shift_counts;
    const float model = blurred(v) + background_counts + shift_counts;
    blurred(v) = (data > 0 ? data : 0) / (model > floor_counts ? model : floor_counts);
  }
};

struct UpdateEstimate {
  const float* correction;
  const float* weight;
  float* estimate;    // x
  float* prediction;  // p
  float momentum;

  BRAMBLE_HD void operator()(std::int64_t i) const noexcept {
    const float raised = prediction[i] * correction[i] * weight[i];
    const float next = raised > floor_counts ? raised : floor_counts;
    const float ahead = next + momentum * (next - estimate[i]);
    estimate[i] = next;
    prediction[i] = ahead > floor_counts ? ahead : floor_counts;
  }
};

struct Fill {
  float* values;
  float value;

  BRAMBLE_HD void operator()(std::int64_t i) const noexcept { values[i] = value; }
};

struct CropEstimate {
  VolumeView<const float> estimate;
  VolumeView<float> restored;

  BRAMBLE_HD void operator()(Voxel v) const noexcept { restored(v) = estimate(v); }
};

Extent padded_for(Extent image, Extent psf) {
  return {fast_fft_size(image.z + psf.z - 1), fast_fft_size(image.y + psf.y - 1),
          fast_fft_row_size(image.x + psf.x - 1)};
}

// The PSF with its centre at voxel 0 of the padded volume, wrapped round, and scaled by 1 /
// num_voxels so that a pair of transforms needs no other factor.
Volume<float> wrapped_psf(const Volume<float>& psf, Extent padded) {
  Volume<float> wrapped(MemorySpace::host, padded, psf.spacing());
  std::fill(wrapped.voxels().begin(), wrapped.voxels().end(), 0.0f);
  const auto scale = static_cast<float>(1.0 / static_cast<double>(padded.num_voxels()));
  const Extent size = psf.extent();
  const auto wrap = [](int i, int n) { return (i % n + n) % n; };
  for (int z = 0; z < size.z; ++z) {
    for (int y = 0; y < size.y; ++y) {
      for (int x = 0; x < size.x; ++x) {
        wrapped.view()(wrap(z - size.z / 2, padded.z), wrap(y - size.y / 2, padded.y),
                       wrap(x - size.x / 2, padded.x)) += psf.view()(z, y, x) * scale;
      }
    }
  }
  return wrapped;
}

}  // namespace

struct RichardsonLucy::Work {
  Extent image;
  Extent padded;
  Fft3d fft;
  Array<Complex> transfer;
  Array<Complex> spectrum;
  Volume<float> blurred;
  Volume<float> weight;
  Volume<float> estimate;
  Volume<float> prediction;
  Array<double> row_sums;

  Work(const Exec& exec, Extent image_extent, const Volume<float>& psf)
      : image(image_extent),
        padded(padded_for(image_extent, psf.extent())),
        fft(exec, padded),
        transfer(exec.space(), fft.spectrum_extent().num_voxels()),
        spectrum(exec.space(), transfer.size()),
        blurred(exec.space(), padded, psf.spacing()),
        weight(exec.space(), padded, psf.spacing()),
        estimate(exec.space(), padded, psf.spacing()),
        prediction(exec.space(), padded, psf.spacing()),
        row_sums(exec.space()) {
    fill_bytes(exec, spectrum.data(), 0,
               static_cast<std::size_t>(spectrum.size()) * sizeof(Complex));
    fill_bytes(exec, transfer.data(), 0,
               static_cast<std::size_t>(transfer.size()) * sizeof(Complex));
    copy(exec, wrapped_psf(psf, padded), blurred);
    fft.forward(exec, blurred.view().data, transfer.data());
  }

  // blurred = H from, or H' from.
  void blur(const Exec& exec, const float* from) {
    fft.forward(exec, from, spectrum.data());
    for_each_index(exec, spectrum.size(), MultiplySpectrum{spectrum.data(), transfer.data()});
    fft.inverse(exec, spectrum.data(), blurred.view().data);
  }
  void blur_transposed(const Exec& exec, const float* from) {
    fft.forward(exec, from, spectrum.data());
    for_each_index(exec, spectrum.size(), MultiplyConjugate{spectrum.data(), transfer.data()});
    fft.inverse(exec, spectrum.data(), blurred.view().data);
  }
};

RichardsonLucy::RichardsonLucy(const Exec& exec, Extent image, const Volume<float>& psf) {
  require(image.num_voxels() > 0, "an empty image cannot be restored");
  const Extent size = psf.extent();
  require(size.z % 2 == 1 && size.y % 2 == 1 && size.x % 2 == 1,
          "a PSF must have an odd extent, its centre in the middle");
  work_ = std::make_unique<Work>(exec, image, psf);
}

RichardsonLucy::~RichardsonLucy() = default;
RichardsonLucy::RichardsonLucy(RichardsonLucy&&) noexcept = default;
RichardsonLucy& RichardsonLucy::operator=(RichardsonLucy&&) noexcept = default;

Extent RichardsonLucy::image_extent() const noexcept { return work_->image; }
Extent RichardsonLucy::padded_extent() const noexcept { return work_->padded; }

void RichardsonLucy::restore(const Exec& exec, VolumeView<const float> image,
                             VolumeView<float> restored, const RichardsonLucyParams& params) {
  Work& work = *work_;
  require(image.extent == work.image && restored.extent == work.image,
          "image or result differs from the planned extent");
  require(params.iterations >= 0, "a negative number of iterations");
  const std::int64_t size = work.padded.num_voxels();
  const VolumeView<float> blurred = work.blurred.view();
  float* estimate = work.estimate.view().data;
  float* prediction = work.prediction.view().data;
  float* weight = work.weight.view().data;

  for_each_voxel(exec, work.padded, MarkImage{image, blurred, params.saturation_counts});
  work.blur_transposed(exec, blurred.data);
  for_each_index(exec, size, InvertWeight{blurred.data, weight});

  const double mean =
      sum(exec, image, work.row_sums) / static_cast<double>(image.extent.num_voxels());
  const float start = std::max(static_cast<float>(mean) - params.background_counts, floor_counts);
  for_each_index(exec, size, Fill{estimate, start});
  for_each_index(exec, size, Fill{prediction, start});

  for (int k = 1; k <= params.iterations; ++k) {
    work.blur(exec, prediction);
    for_each_voxel(exec, work.padded,
                   DivideByModel{image, blurred, params.background_counts,
                                 params.read_variance_counts - params.offset_counts,
                                 params.saturation_counts});
    work.blur_transposed(exec, blurred.data);
    const auto momentum = static_cast<float>(k - 1) / static_cast<float>(k + 2);
    for_each_index(exec, size,
                   UpdateEstimate{blurred.data, weight, estimate, prediction, momentum});
  }
  for_each_voxel(exec, restored.extent, CropEstimate{work.estimate.view(), restored});
}

}  // namespace bramble
