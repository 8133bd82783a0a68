#include "kernels/core/fft.hpp"

#include "kernels/core/error.hpp"
#include "kernels/core/fft_plans.hpp"

#include <string>

namespace bramble {

namespace {

// Rows of the spectrum start 32-byte aligned.
constexpr int spectrum_row_multiple = 4;
constexpr int row_multiple = 8;

}  // namespace

Fft3d::Fft3d(const Exec& exec, Extent extent, FftPlanning planning) : extent_(extent) {
  require(extent.num_voxels() > 0 && extent.x % row_multiple == 0,
          "a transform of x = " + std::to_string(extent.x) +
              " (must be a multiple of 8); use fast_fft_row_size");
  if (exec.backend == Backend::cuda) {
    cufft_ = std::make_unique<CufftPlans>(exec, extent);
  } else {
    fftw_ = std::make_unique<FftwPlans>(extent, planning);
  }
}

Fft3d::~Fft3d() = default;
Fft3d::Fft3d(Fft3d&&) noexcept = default;
Fft3d& Fft3d::operator=(Fft3d&&) noexcept = default;

Extent Fft3d::spectrum_extent_of(Extent extent) noexcept {
  const int used = extent.x / 2 + 1;
  const int pitch =
      (used + spectrum_row_multiple - 1) / spectrum_row_multiple * spectrum_row_multiple;
  return {extent.z, extent.y, pitch};
}

void Fft3d::forward(const Exec& exec, const float* real, Complex* spectrum) const {
  if (fftw_) {
    fftw_->forward(real, spectrum);
  } else {
    cufft_->forward(exec, real, spectrum);
  }
}

void Fft3d::inverse(const Exec& exec, Complex* spectrum, float* real) const {
  if (fftw_) {
    fftw_->inverse(spectrum, real);
  } else {
    cufft_->inverse(exec, spectrum, real);
  }
}

void Fft3d::forward_plane(const float* plane, Complex* spectrum_plane) const {
  fftw_->forward_plane(plane, spectrum_plane);
}

void Fft3d::inverse_plane(Complex* spectrum_plane, float* plane) const {
  fftw_->inverse_plane(spectrum_plane, plane);
}

void Fft3d::filter_columns(Complex* spectrum, const Complex* transfer,
                           const ColumnFilter& filter) const {
  fftw_->filter_columns(spectrum, transfer, filter);
}

}  // namespace bramble
