#include "kernels/core/error.hpp"
#include "kernels/core/fft_plans.hpp"
#include "kernels/core/handle.hpp"
#include "kernels/core/memory.hpp"

#include <fftw3.h>

#include <cstring>
#include <mutex>

// The transform is done plane by plane (2-D, x and y), then down z in blocks of neighbouring
// columns that are copied to a small buffer. Every plan is for one thread and the planes and blocks
// are shared out over OpenMP: the same plans, hence the same bits, for any number of threads.
// FFTW_ESTIMATE keeps the plans the same from run to run.
namespace bramble {

namespace {

struct FftwPlanTraits {
  using value_type = fftwf_plan;
  static value_type null() noexcept { return nullptr; }
  static void close(value_type plan) noexcept;
};
using FftwPlan = UniqueHandle<FftwPlanTraits>;

// Only fftwf_execute* may be called from several threads.
std::mutex& planner_mutex() {
  static std::mutex mutex;
  return mutex;
}

void FftwPlanTraits::close(value_type plan) noexcept {
  const std::lock_guard lock(planner_mutex());
  fftwf_destroy_plan(plan);
}

FftwPlan checked(fftwf_plan plan) {
  require(plan != nullptr, "FFTW could not plan a transform");
  return FftwPlan(plan);
}

// Columns transformed together: one cache line of complex numbers twice over.
constexpr int columns_per_block = 16;

fftwf_complex* as_fftw(Complex* numbers) { return reinterpret_cast<fftwf_complex*>(numbers); }

}  // namespace

struct Fft3d::FftwPlans::Plans {
  Extent real;
  Extent spectrum;
  FftwPlan plane_forward;
  FftwPlan plane_inverse;
  FftwPlan columns_forward;
  FftwPlan columns_inverse;

  explicit Plans(Extent extent) : real(extent), spectrum(spectrum_extent_of(extent)) {
    const int plane[2] = {real.y, real.x};
    const int spectrum_plane[2] = {real.y, spectrum.x};
    const std::int64_t plane_numbers = std::int64_t{spectrum.y} * spectrum.x;
    Array<float> real_plane(MemorySpace::host, std::int64_t{real.y} * real.x);
    Array<Complex> numbers(MemorySpace::host, plane_numbers);
    Array<Complex> columns(MemorySpace::host, std::int64_t{real.z} * columns_per_block);
    const std::lock_guard lock(planner_mutex());
    plane_forward = checked(fftwf_plan_many_dft_r2c(2, plane, 1, real_plane.data(), nullptr, 1, 0,
                                                    as_fftw(numbers.data()), spectrum_plane, 1, 0,
                                                    FFTW_ESTIMATE | FFTW_PRESERVE_INPUT));
    plane_inverse =
        checked(fftwf_plan_many_dft_c2r(2, plane, 1, as_fftw(numbers.data()), spectrum_plane, 1, 0,
                                        real_plane.data(), nullptr, 1, 0, FFTW_ESTIMATE));
    columns_forward = plan_columns(columns, FFTW_FORWARD);
    columns_inverse = plan_columns(columns, FFTW_BACKWARD);
  }

  FftwPlan plan_columns(Array<Complex>& columns, int sign) const {
    return checked(fftwf_plan_many_dft(1, &real.z, columns_per_block, as_fftw(columns.data()),
                                       nullptr, columns_per_block, 1, as_fftw(columns.data()),
                                       nullptr, columns_per_block, 1, sign, FFTW_ESTIMATE));
  }

  void transform_columns(const FftwPlan& plan, Complex* numbers) const {
    if (real.z == 1) {
      return;
    }
    const std::int64_t plane = std::int64_t{spectrum.y} * spectrum.x;
    const std::int64_t blocks = (plane + columns_per_block - 1) / columns_per_block;
#pragma omp parallel
    {
      Array<Complex> columns(MemorySpace::host, std::int64_t{real.z} * columns_per_block);
      std::memset(static_cast<void*>(columns.data()), 0,
                  static_cast<std::size_t>(columns.size()) * sizeof(Complex));
#pragma omp for schedule(static)
      for (std::int64_t block = 0; block < blocks; ++block) {
        const std::int64_t first = block * columns_per_block;
        const std::int64_t count =
            first + columns_per_block < plane ? columns_per_block : plane - first;
        const std::size_t bytes = static_cast<std::size_t>(count) * sizeof(Complex);
        for (int z = 0; z < real.z; ++z) {
          std::memcpy(columns.data() + std::int64_t{z} * columns_per_block,
                      numbers + z * plane + first, bytes);
        }
        fftwf_execute_dft(plan.get(), as_fftw(columns.data()), as_fftw(columns.data()));
        for (int z = 0; z < real.z; ++z) {
          std::memcpy(numbers + z * plane + first,
                      columns.data() + std::int64_t{z} * columns_per_block, bytes);
        }
      }
    }
  }
};

Fft3d::FftwPlans::FftwPlans(Extent extent) : plans(std::make_unique<Plans>(extent)) {}
Fft3d::FftwPlans::~FftwPlans() = default;

void Fft3d::FftwPlans::forward(const float* real, Complex* spectrum) const {
  const Plans& p = *plans;
  const std::int64_t real_plane = std::int64_t{p.real.y} * p.real.x;
  const std::int64_t spectrum_plane = std::int64_t{p.spectrum.y} * p.spectrum.x;
#pragma omp parallel for schedule(static)
  for (int z = 0; z < p.real.z; ++z) {
    // FFTW_PRESERVE_INPUT keeps what `real` points to.
    fftwf_execute_dft_r2c(p.plane_forward.get(), const_cast<float*>(real) + z * real_plane,
                          as_fftw(spectrum + z * spectrum_plane));
  }
  p.transform_columns(p.columns_forward, spectrum);
}

void Fft3d::FftwPlans::inverse(Complex* spectrum, float* real) const {
  const Plans& p = *plans;
  const std::int64_t real_plane = std::int64_t{p.real.y} * p.real.x;
  const std::int64_t spectrum_plane = std::int64_t{p.spectrum.y} * p.spectrum.x;
  p.transform_columns(p.columns_inverse, spectrum);
#pragma omp parallel for schedule(static)
  for (int z = 0; z < p.real.z; ++z) {
    fftwf_execute_dft_c2r(p.plane_inverse.get(), as_fftw(spectrum + z * spectrum_plane),
                          real + z * real_plane);
  }
}

}  // namespace bramble
