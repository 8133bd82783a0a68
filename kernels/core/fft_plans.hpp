#pragma once

#include "kernels/core/fft.hpp"

// The two engines behind Fft3d; included by fft.cpp, fft_fftw.cpp and fft_cufft.cu only.
namespace bramble {

struct Fft3d::FftwPlans {
  FftwPlans(Extent extent, FftPlanning planning);
  ~FftwPlans();
  FftwPlans(const FftwPlans&) = delete;
  FftwPlans& operator=(const FftwPlans&) = delete;
  void forward(const float* real, Complex* spectrum) const;
  void inverse(Complex* spectrum, float* real) const;
  void forward_plane(const float* plane, Complex* spectrum_plane) const;
  void inverse_plane(Complex* spectrum_plane, float* plane) const;
  void filter_columns(Complex* spectrum, const Complex* transfer, const ColumnFilter& filter) const;

  struct Plans;
  std::unique_ptr<Plans> plans;
};

struct Fft3d::CufftPlans {
  // On the current device of this thread.
  explicit CufftPlans(Extent extent);
  ~CufftPlans();
  CufftPlans(const CufftPlans&) = delete;
  CufftPlans& operator=(const CufftPlans&) = delete;
  void forward(const Exec& exec, const float* real, Complex* spectrum) const;
  void inverse(const Exec& exec, Complex* spectrum, float* real) const;
  static int current_device();

  struct Plans;
  std::unique_ptr<Plans> plans;
};

}  // namespace bramble
