#pragma once

#include "kernels/core/exec.hpp"
#include "kernels/core/geometry.hpp"
#include "kernels/core/host_device.hpp"

#include <cstdint>
#include <memory>

namespace bramble {

struct Complex {
  float re = 0;
  float im = 0;
};

BRAMBLE_HD inline Complex multiply(Complex a, Complex b) noexcept {
  return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}
BRAMBLE_HD inline Complex conjugate(Complex a) noexcept { return {a.re, -a.im}; }

// What a transform is multiplied with: the transfer function, or its conjugate (the transposed
// convolution).
enum class Transfer { direct, conjugate };

// A convolution's part along z. Planes from `planes_read` on count as zeros whatever they hold;
// planes from `planes_written` on are left as they are.
struct ColumnFilter {
  Transfer transfer = Transfer::direct;
  int planes_read = 0;
  int planes_written = 0;
};

// How long FFTW looks for a fast plan. `measure` takes seconds a shape, gives about a fifth of the
// time back, and other bits where it finds another plan: opt-in. cuFFT takes no notice of it.
enum class FftPlanning { estimate, measure };

// 3-D transforms between a real volume and its half spectrum: FFTW on the CPU, cuFFT on the GPU
// (loaded at run time). Both unnormalised: inverse(forward(x)) = num_voxels * x. The result does
// not depend on the number of threads. Cost on the CPU: about 5 N log2 N flops shared over OpenMP
// threads; memory: none of volume size.
//
// A shape is planned once in a process: all objects of one shape share their plans, which stay
// until the program ends (kilobytes). The cuFFT plans of a device share one work area, as large as
// the largest of them asks for; transforms in several streams take turns. Thread-safe.
class Fft3d {
 public:
  // `extent.x` must be a multiple of 8 (fast_fft_row_size). Throws InvalidArgument otherwise,
  // DeviceError when `exec` is a GPU and cuFFT cannot be loaded.
  Fft3d(const Exec& exec, Extent extent, FftPlanning planning = FftPlanning::estimate);

  // How often this process has planned a shape.
  static std::int64_t num_planned() noexcept;

  Extent extent() const noexcept { return extent_; }
  // Shape of the half spectrum in complex numbers; x holds extent.x / 2 + 1 of them and padding
  // that stays unused.
  Extent spectrum_extent() const noexcept { return spectrum_extent_of(extent_); }
  static Extent spectrum_extent_of(Extent extent) noexcept;

  // real -> spectrum. `real` is preserved. Pointers in the space of `exec`, 32-byte aligned.
  void forward(const Exec& exec, const float* real, Complex* spectrum) const;
  // spectrum -> real. Destroys the spectrum.
  void inverse(const Exec& exec, Complex* spectrum, float* real) const;

  // The parts of a convolution on the CPU, for callers that work on a plane while it lies in the
  // cache and leave out planes that are zero or not wanted. The first two transform one plane along
  // y and x, on the calling thread alone; `plane` and `spectrum_plane` are 32-byte aligned, and the
  // inverse destroys its input. The third takes all columns along z into the spectrum, multiplies
  // them and takes them back, in one pass over memory.
  void forward_plane(const float* plane, Complex* spectrum_plane) const;
  void inverse_plane(Complex* spectrum_plane, float* plane) const;
  void filter_columns(Complex* spectrum, const Complex* transfer, const ColumnFilter& filter) const;

 private:
  struct FftwPlans;
  struct CufftPlans;
  Extent extent_;
  std::shared_ptr<const FftwPlans> fftw_;  // one of the two
  std::shared_ptr<const CufftPlans> cufft_;
};

}  // namespace bramble
