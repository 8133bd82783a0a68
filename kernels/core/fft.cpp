#include "kernels/core/fft.hpp"

#include "kernels/core/error.hpp"
#include "kernels/core/fft_plans.hpp"

#include <map>
#include <mutex>
#include <string>
#include <tuple>

namespace bramble {

namespace {

// Rows of the spectrum start 32-byte aligned.
constexpr int spectrum_row_multiple = 4;
constexpr int row_multiple = 8;

// Device, extent and planning; -1 is the CPU.
using PlanKey = std::tuple<int, int, int, int, FftPlanning>;
constexpr int cpu_device = -1;

PlanKey key_of(int device, Extent extent, FftPlanning planning) {
  return {device, extent.z, extent.y, extent.x, planning};
}

// Every shape that was planned. One thread plans at a time.
template <class Plans>
class PlanCache {
 public:
  template <class Make>
  std::shared_ptr<const Plans> find_or(const PlanKey& key, const Make& make) {
    const std::lock_guard lock(mutex_);
    std::shared_ptr<const Plans>& plans = plans_[key];
    if (!plans) {
      plans = make();
      ++num_planned_;
    }
    return plans;
  }

  std::int64_t num_planned() {
    const std::lock_guard lock(mutex_);
    return num_planned_;
  }

 private:
  std::mutex mutex_;
  std::map<PlanKey, std::shared_ptr<const Plans>> plans_;
  std::int64_t num_planned_ = 0;
};

// Never destroyed: when static objects are, the library and the device may have gone before.
template <class Plans>
PlanCache<Plans>& cache_of() {
  static PlanCache<Plans>& cache = *std::make_unique<PlanCache<Plans>>().release();
  return cache;
}

}  // namespace

Fft3d::Fft3d(const Exec& exec, Extent extent, FftPlanning planning) : extent_(extent) {
  require(extent.num_voxels() > 0 && extent.x % row_multiple == 0,
          "a transform of x = " + std::to_string(extent.x) +
              " (must be a multiple of 8); use fast_fft_row_size");
  if (exec.backend == Backend::cuda) {
    // cuFFT takes no notice of the planning: one plan for both.
    cufft_ = cache_of<CufftPlans>().find_or(
        key_of(CufftPlans::current_device(), extent, FftPlanning::estimate),
        [&] { return std::make_shared<const CufftPlans>(extent); });
  } else {
    fftw_ = cache_of<FftwPlans>().find_or(key_of(cpu_device, extent, planning), [&] {
      return std::make_shared<const FftwPlans>(extent, planning);
    });
  }
}

std::int64_t Fft3d::num_planned() noexcept {
  return cache_of<FftwPlans>().num_planned() + cache_of<CufftPlans>().num_planned();
}

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
