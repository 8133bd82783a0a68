#include "kernels/restore/fourier_engine.hpp"

#include "kernels/core/fft_size.hpp"
#include "kernels/core/fill.hpp"
#include "kernels/core/for_each_voxel.hpp"

#include <omp.h>

#include <algorithm>

namespace bramble {

namespace {

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

template <class Count>
struct DivideRows {
  CompareModelOf<Count> comparison;
  VolumeView<float> blurred;

  BRAMBLE_HD void operator()(Voxel first, int end_x) const noexcept {
    comparison.divide(first, end_x, &blurred(first.z, first.y, 0));
  }
};

struct AdvanceRows {
  AdvanceEstimate step;
  const float* correction;
  const float* seen_frac;
  const float* damping;  // null: none
  float* estimate;
  float* prediction;

  // Voxels [first, end) of the padded volume; `correction` counts from `first` on.
  BRAMBLE_HD void operator()(std::int64_t first, std::int64_t end) const noexcept {
    const AdvanceEstimate advance = step;
    if (damping == nullptr) {
#pragma omp simd
      for (std::int64_t i = first; i < end; ++i) {
        advance(correction[i - first], seen_frac[i], 1.0f, estimate[i], prediction[i]);
      }
      return;
    }
#pragma omp simd
    for (std::int64_t i = first; i < end; ++i) {
      advance(correction[i - first], seen_frac[i], damping[i], estimate[i], prediction[i]);
    }
  }
};

struct AdvanceVoxels {
  AdvanceRows rows;

  BRAMBLE_HD void operator()(std::int64_t i) const noexcept {
    AdvanceRows row = rows;
    row.correction = rows.correction + i;
    row(i, i + 1);
  }
};

Extent padded_for(Extent part, Extent psf) {
  return {fast_fft_size(part.z + psf.z - 1), fast_fft_size(part.y + psf.y - 1),
          fast_fft_row_size(part.x + psf.x - 1)};
}

// The PSF with its centre at voxel 0 of the padded volume, wrapped round, and scaled by 1 /
// num_voxels so that a pair of transforms needs no other factor.
void wrap_psf(const Volume<float>& psf, Volume<float>& wrapped) {
  const Extent padded = wrapped.extent();
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
}

void mark_part(Extent part, Volume<float>& ones) {
  std::fill(ones.voxels().begin(), ones.voxels().end(), 0.0f);
  for (int z = 0; z < part.z; ++z) {
    for (int y = 0; y < part.y; ++y) {
      std::fill_n(&ones.view()(z, y, 0), part.x, 1.0f);
    }
  }
}

}  // namespace

FourierEngine::FourierEngine(const Exec& exec, Extent part, const Volume<float>& psf,
                             FftPlanning planning)
    : part_(part),
      fft_(exec, padded_for(part, psf.extent()), planning),
      transfer_(exec.space(), fft_.spectrum_extent().num_voxels()),
      spectrum_(exec.space(), transfer_.size()),
      seen_frac_(exec.space(), fft_.extent(), psf.spacing()),
      estimate_(exec.space(), fft_.extent(), psf.spacing()),
      prediction_(exec.space(), fft_.extent(), psf.spacing()),
      damping_(exec.space()),
      blurred_(exec.space()) {
  const auto num_bytes = static_cast<std::size_t>(spectrum_.size()) * sizeof(Complex);
  // Rows of a spectrum have padding that no transform writes.
  fill_bytes(exec, spectrum_.data(), 0, num_bytes);
  fill_bytes(exec, transfer_.data(), 0, num_bytes);
  if (exec.backend == Backend::cuda) {
    blurred_.reshape(fft_.extent(), psf.spacing());
  }
  Volume<float> on_host;
  Volume<float>& real = exec.backend == Backend::cuda ? on_host : estimate_;
  real.reshape(fft_.extent(), psf.spacing());
  wrap_psf(psf, real);
  if (exec.backend == Backend::cuda) {
    copy(exec, real, estimate_);
  }
  fft_.forward(exec, estimate_.view().data, transfer_.data());
  mark_part(part_, real);
  if (exec.backend == Backend::cuda) {
    copy(exec, real, estimate_);
    synchronize(exec);
  }
  find_seen_frac(exec, estimate_);
}

void FourierEngine::find_seen_frac(const Exec& exec, const Volume<float>& ones) {
  fft_.forward(exec, ones.view().data, spectrum_.data());
  for_each_index(exec, spectrum_.size(), MultiplyConjugate{spectrum_.data(), transfer_.data()});
  fft_.inverse(exec, spectrum_.data(), seen_frac_.view().data);
}

std::int64_t FourierEngine::num_bytes() const noexcept {
  std::int64_t num_floats = 0;
  for (const Volume<float>* volume :
       {&seen_frac_, &estimate_, &prediction_, &damping_, &blurred_}) {
    num_floats += volume->voxels().size();
  }
  for (const Array<float>& plane : planes_) {
    num_floats += plane.size();
  }
  return num_floats * static_cast<std::int64_t>(sizeof(float)) +
         2 * spectrum_.size() * static_cast<std::int64_t>(sizeof(Complex));
}

// Calls body(z, plane) with a scratch plane of the thread.
template <class Body>
void FourierEngine::for_each_plane(int num_planes, const Body& body) {
  const std::int64_t plane_size = std::int64_t{fft_.extent().y} * fft_.extent().x;
  while (static_cast<int>(planes_.size()) < omp_get_max_threads()) {
    planes_.emplace_back(MemorySpace::host, plane_size);
  }
#pragma omp parallel
  {
    float* plane = planes_[static_cast<std::size_t>(omp_get_thread_num())].data();
#pragma omp for schedule(static)
    for (int z = 0; z < num_planes; ++z) {
      body(z, plane);
    }
  }
}

void FourierEngine::start(const Exec& exec, float value) {
  fill(exec, estimate_.view(), value);
  fill(exec, prediction_.view(), value);
  if (exec.backend == Backend::cuda) {
    return;
  }
  const std::int64_t plane_size = std::int64_t{fft_.extent().y} * fft_.extent().x;
  const std::int64_t spectrum_plane = spectrum_.size() / fft_.extent().z;
  for_each_plane(fft_.extent().z, [&](int z, float*) {
    fft_.forward_plane(prediction_.view().data + z * plane_size,
                       spectrum_.data() + z * spectrum_plane);
  });
}

template <class Count>
void FourierEngine::compare(const Exec& exec, const CompareModelOf<Count>& comparison) {
  if (exec.backend == Backend::cpu) {
    fft_.filter_columns(spectrum_.data(), transfer_.data(),
                        {Transfer::direct, fft_.extent().z, part_.z});
    compare_planes(comparison);
    return;
  }
  const VolumeView<float> blurred = blurred_.view();
  fft_.forward(exec, prediction_.view().data, spectrum_.data());
  for_each_index(exec, spectrum_.size(), MultiplySpectrum{spectrum_.data(), transfer_.data()});
  fft_.inverse(exec, spectrum_.data(), blurred.data);
  if (comparison.sums != nullptr) {
    for_each_row_part(exec, Extent{part_.z, 1, part_.x}, AddPlanes<Count>{comparison, blurred});
  }
  for_each_row_part(exec, fft_.extent(), DivideRows<Count>{comparison, blurred});
}

template <class Count>
void FourierEngine::compare_planes(const CompareModelOf<Count>& comparison) {
  const Extent padded = fft_.extent();
  const std::int64_t spectrum_plane = spectrum_.size() / padded.z;
  for_each_plane(part_.z, [&](int z, float* plane) {
    Complex* spectrum = spectrum_.data() + z * spectrum_plane;
    fft_.inverse_plane(spectrum, plane);
    for (int y = 0; y < padded.y; ++y) {
      float* row = plane + std::int64_t{y} * padded.x;
      if (comparison.sums != nullptr && y < part_.y) {
        comparison.add(z, {z, y, 0}, part_.x, row);
      }
      comparison.divide({z, y, 0}, padded.x, row);
    }
    fft_.forward_plane(plane, spectrum);
  });
}

void FourierEngine::advance(const Exec& exec, const AdvanceEstimate& step,
                            const std::optional<TotalVariationParams>& total_variation) {
  const float* damping = nullptr;
  if (total_variation) {
    damping_.reshape(fft_.extent(), prediction_.spacing());
    total_variation_damping(exec, prediction_.view(), damping_.view(), *total_variation);
    damping = damping_.view().data;
  }
  if (exec.backend == Backend::cpu) {
    // The ratio is zero in the planes outside of the image: they are not even read.
    fft_.filter_columns(spectrum_.data(), transfer_.data(),
                        {Transfer::conjugate, part_.z, fft_.extent().z});
    advance_planes(step, damping);
    return;
  }
  float* blurred = blurred_.view().data;
  fft_.forward(exec, blurred, spectrum_.data());
  for_each_index(exec, spectrum_.size(), MultiplyConjugate{spectrum_.data(), transfer_.data()});
  fft_.inverse(exec, spectrum_.data(), blurred);
  for_each_index(exec, blurred_.voxels().size(),
                 AdvanceVoxels{{step, blurred, seen_frac_.view().data, damping,
                                estimate_.view().data, prediction_.view().data}});
}

void FourierEngine::advance_planes(const AdvanceEstimate& step, const float* damping) {
  const Extent padded = fft_.extent();
  const std::int64_t plane_size = std::int64_t{padded.y} * padded.x;
  const std::int64_t spectrum_plane = spectrum_.size() / padded.z;
  for_each_plane(padded.z, [&](int z, float* plane) {
    Complex* spectrum = spectrum_.data() + z * spectrum_plane;
    fft_.inverse_plane(spectrum, plane);
    const AdvanceRows rows{step,
                           plane,
                           seen_frac_.view().data,
                           damping,
                           estimate_.view().data,
                           prediction_.view().data};
    rows(z * plane_size, (z + 1) * plane_size);
    fft_.forward_plane(prediction_.view().data + z * plane_size, spectrum);
  });
}

template void FourierEngine::compare(const Exec&, const CompareModelOf<float>&);
template void FourierEngine::compare(const Exec&, const CompareModelOf<std::uint16_t>&);
template void FourierEngine::compare(const Exec&, const CompareModelOf<std::int16_t>&);

}  // namespace bramble
