#include "kernels/core/error.hpp"
#include "kernels/core/fft_plans.hpp"
#include "kernels/core/handle.hpp"
#include "kernels/core/memory.hpp"

#include <fftw3.h>

#include <algorithm>
#include <cstring>
#include <mutex>

// The transform is done plane by plane (2-D, x and y), then down z in blocks of neighbouring
// columns that are copied to a small buffer and transformed from there to a second one (twice as
// fast as in place). Every plan is for one thread and the planes and blocks are shared out over
// OpenMP: the same plans, hence the same bits, for any number of threads. FFTW_ESTIMATE keeps the
// plans the same from run to run.
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

// Columns transformed together: two cache lines of complex numbers.
constexpr int columns_per_block = 16;

fftwf_complex* as_fftw(Complex* numbers) { return reinterpret_cast<fftwf_complex*>(numbers); }

// The columns of one block, z slowest, before and after a transform along z.
struct ColumnBlock {
  Array<Complex> in;
  Array<Complex> out;

  // Zeros, for `planes` planes.
  void clear(int planes) {
    in.resize(std::int64_t{planes} * columns_per_block);
    out.resize(in.size());
    std::fill(in.begin(), in.end(), Complex{});
  }
};

// That of the calling thread, cleared; it keeps its memory for the next transform.
ColumnBlock& cleared_block(int planes) {
  thread_local ColumnBlock block;
  block.clear(planes);
  return block;
}

// block *= transfer for `count` columns of it; a row of `transfer` lies `plane` numbers after the
// row before.
template <Transfer kind>
void multiply_block(Complex* block, int planes, std::int64_t count, const Complex* transfer,
                    std::int64_t plane) {
  for (int z = 0; z < planes; ++z) {
    Complex* row = block + std::int64_t{z} * columns_per_block;
    const Complex* factors = transfer + z * plane;
    for (std::int64_t i = 0; i < count; ++i) {
      row[i] = multiply(row[i], kind == Transfer::direct ? factors[i] : conjugate(factors[i]));
    }
  }
}

}  // namespace

struct Fft3d::FftwPlans::Plans {
  Extent real;
  Extent spectrum;
  unsigned rigor;
  FftwPlan plane_forward;
  FftwPlan plane_inverse;
  FftwPlan columns_forward;
  FftwPlan columns_inverse;

  Plans(Extent extent, FftPlanning planning)
      : real(extent),
        spectrum(spectrum_extent_of(extent)),
        rigor(planning == FftPlanning::measure ? FFTW_MEASURE : FFTW_ESTIMATE) {
    const int plane[2] = {real.y, real.x};
    const int spectrum_plane[2] = {real.y, spectrum.x};
    Array<float> real_plane(MemorySpace::host, std::int64_t{real.y} * real.x);
    Array<Complex> numbers(MemorySpace::host, plane_numbers());
    const std::lock_guard lock(planner_mutex());
    plane_forward = checked(fftwf_plan_many_dft_r2c(2, plane, 1, real_plane.data(), nullptr, 1, 0,
                                                    as_fftw(numbers.data()), spectrum_plane, 1, 0,
                                                    rigor | FFTW_PRESERVE_INPUT));
    plane_inverse =
        checked(fftwf_plan_many_dft_c2r(2, plane, 1, as_fftw(numbers.data()), spectrum_plane, 1, 0,
                                        real_plane.data(), nullptr, 1, 0, rigor));
    ColumnBlock& block = cleared_block(real.z);
    columns_forward = plan_columns(block, FFTW_FORWARD);
    columns_inverse = plan_columns(block, FFTW_BACKWARD);
  }

  std::int64_t plane_numbers() const { return std::int64_t{spectrum.y} * spectrum.x; }

  FftwPlan plan_columns(ColumnBlock& block, int sign) const {
    return checked(fftwf_plan_many_dft(1, &real.z, columns_per_block, as_fftw(block.in.data()),
                                       nullptr, columns_per_block, 1, as_fftw(block.out.data()),
                                       nullptr, columns_per_block, 1, sign, rigor));
  }

  // Calls body(block, first, count) for every block of columns: `count` columns from `first` on.
  template <class Body>
  void for_each_block(const Body& body) const {
    const std::int64_t plane = plane_numbers();
    const std::int64_t blocks = (plane + columns_per_block - 1) / columns_per_block;
#pragma omp parallel
    {
      ColumnBlock& block = cleared_block(real.z);
#pragma omp for schedule(static)
      for (std::int64_t i = 0; i < blocks; ++i) {
        const std::int64_t first = i * columns_per_block;
        body(block, first, std::min<std::int64_t>(columns_per_block, plane - first));
      }
    }
  }

  void load(const Complex* numbers, int planes, std::int64_t count, ColumnBlock& block) const {
    for (int z = 0; z < planes; ++z) {
      std::copy_n(numbers + z * plane_numbers(), count,
                  block.in.data() + std::int64_t{z} * columns_per_block);
    }
  }

  void store(const Array<Complex>& block, int planes, std::int64_t count, Complex* numbers) const {
    for (int z = 0; z < planes; ++z) {
      std::copy_n(block.data() + std::int64_t{z} * columns_per_block, count,
                  numbers + z * plane_numbers());
    }
  }

  void transform_columns(const FftwPlan& plan, Complex* numbers) const {
    if (real.z == 1) {
      return;
    }
    for_each_block([&](ColumnBlock& block, std::int64_t first, std::int64_t count) {
      load(numbers + first, real.z, count, block);
      fftwf_execute_dft(plan.get(), as_fftw(block.in.data()), as_fftw(block.out.data()));
      store(block.out, real.z, count, numbers + first);
    });
  }

  template <Transfer kind>
  void filter_columns(Complex* numbers, const Complex* transfer, const ColumnFilter& filter) const {
    for_each_block([&](ColumnBlock& block, std::int64_t first, std::int64_t count) {
      load(numbers + first, filter.planes_read, count, block);
      // The inverse transform of the block before has written here.
      std::fill(block.in.begin() + std::int64_t{filter.planes_read} * columns_per_block,
                block.in.end(), Complex{});
      fftwf_execute_dft(columns_forward.get(), as_fftw(block.in.data()), as_fftw(block.out.data()));
      multiply_block<kind>(block.out.data(), real.z, count, transfer + first, plane_numbers());
      fftwf_execute_dft(columns_inverse.get(), as_fftw(block.out.data()), as_fftw(block.in.data()));
      store(block.in, filter.planes_written, count, numbers + first);
    });
  }
};

Fft3d::FftwPlans::FftwPlans(Extent extent, FftPlanning planning)
    : plans(std::make_unique<Plans>(extent, planning)) {}
Fft3d::FftwPlans::~FftwPlans() = default;

void Fft3d::FftwPlans::forward_plane(const float* plane, Complex* spectrum_plane) const {
  // FFTW_PRESERVE_INPUT keeps what `plane` points to.
  fftwf_execute_dft_r2c(plans->plane_forward.get(), const_cast<float*>(plane),
                        as_fftw(spectrum_plane));
}

void Fft3d::FftwPlans::inverse_plane(Complex* spectrum_plane, float* plane) const {
  fftwf_execute_dft_c2r(plans->plane_inverse.get(), as_fftw(spectrum_plane), plane);
}

void Fft3d::FftwPlans::filter_columns(Complex* spectrum, const Complex* transfer,
                                      const ColumnFilter& filter) const {
  if (filter.transfer == Transfer::direct) {
    plans->filter_columns<Transfer::direct>(spectrum, transfer, filter);
  } else {
    plans->filter_columns<Transfer::conjugate>(spectrum, transfer, filter);
  }
}

void Fft3d::FftwPlans::forward(const float* real, Complex* spectrum) const {
  const Plans& p = *plans;
  const std::int64_t real_plane = std::int64_t{p.real.y} * p.real.x;
#pragma omp parallel for schedule(static)
  for (int z = 0; z < p.real.z; ++z) {
    forward_plane(real + z * real_plane, spectrum + z * p.plane_numbers());
  }
  p.transform_columns(p.columns_forward, spectrum);
}

void Fft3d::FftwPlans::inverse(Complex* spectrum, float* real) const {
  const Plans& p = *plans;
  const std::int64_t real_plane = std::int64_t{p.real.y} * p.real.x;
  p.transform_columns(p.columns_inverse, spectrum);
#pragma omp parallel for schedule(static)
  for (int z = 0; z < p.real.z; ++z) {
    inverse_plane(spectrum + z * p.plane_numbers(), real + z * real_plane);
  }
}

}  // namespace bramble
