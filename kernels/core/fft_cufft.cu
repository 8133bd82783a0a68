#include "kernels/core/error.hpp"
#include "kernels/core/fft_plans.hpp"

#if defined(__CUDACC__)
#include "kernels/core/cuda_check.hpp"
#include "kernels/core/handle.hpp"
#include "kernels/core/memory.hpp"

#include <cufft.h>
#include <dlfcn.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#endif

namespace bramble {

#if defined(__CUDACC__)

namespace {

// cuFFT's entry points, found at run time: the library has 286 MB, and a program linked to it would
// not start on a node without it. BRAMBLE_CUFFT names another file than libcufft.so.12.
struct CufftLibrary {
  decltype(&cufftCreate) create = nullptr;
  decltype(&cufftSetAutoAllocation) set_auto_allocation = nullptr;
  decltype(&cufftMakePlanMany) make_plan_many = nullptr;
  decltype(&cufftSetWorkArea) set_work_area = nullptr;
  decltype(&cufftSetStream) set_stream = nullptr;
  decltype(&cufftExecR2C) exec_r2c = nullptr;
  decltype(&cufftExecC2R) exec_c2r = nullptr;
  decltype(&cufftDestroy) destroy = nullptr;
};

template <class Function>
void find_symbol(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(dlsym(library, name));
  if (function == nullptr) {
    throw DeviceError(std::string("cuFFT has no function ") + name +
                      "; install a cuFFT of CUDA 12 or 13");
  }
}

CufftLibrary load_cufft() {
  const char* named = std::getenv("BRAMBLE_CUFFT");
  const char* file = named != nullptr ? named : "libcufft.so.12";
  void* library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    throw DeviceError(std::string("cannot load cuFFT: ") + dlerror() +
                      "; put libcufft.so.12 on LD_LIBRARY_PATH, name it in BRAMBLE_CUFFT, or run "
                      "with --device cpu");
  }
  CufftLibrary functions;
  find_symbol(library, "cufftCreate", functions.create);
  find_symbol(library, "cufftSetAutoAllocation", functions.set_auto_allocation);
  find_symbol(library, "cufftMakePlanMany", functions.make_plan_many);
  find_symbol(library, "cufftSetWorkArea", functions.set_work_area);
  find_symbol(library, "cufftSetStream", functions.set_stream);
  find_symbol(library, "cufftExecR2C", functions.exec_r2c);
  find_symbol(library, "cufftExecC2R", functions.exec_c2r);
  find_symbol(library, "cufftDestroy", functions.destroy);
  return functions;
}

const CufftLibrary& cufft() {
  static const CufftLibrary library = load_cufft();
  return library;
}

void check_cufft(cufftResult status, const char* call) {
  if (status == CUFFT_SUCCESS) {
    return;
  }
  const std::string what =
      std::string(call) + " failed with cuFFT status " + std::to_string(status);
  if (status == CUFFT_ALLOC_FAILED) {
    throw ResourceError(what + " (no device memory); use smaller tiles");
  }
  throw DeviceError(what);
}

struct CufftPlanTraits {
  using value_type = cufftHandle;
  static value_type null() noexcept { return -1; }
  static void close(value_type plan) noexcept { cufft().destroy(plan); }
};
using CufftPlan = UniqueHandle<CufftPlanTraits>;

struct EventTraits {
  using value_type = cudaEvent_t;
  static value_type null() noexcept { return nullptr; }
  static void close(value_type event) noexcept { cudaEventDestroy(event); }
};
using Event = UniqueHandle<EventTraits>;

// The scratch memory of all plans of one device. Transforms use it one after the other, also those
// of different streams: each waits for the event that the one before recorded.
class WorkArea {
 public:
  WorkArea() : bytes_(MemorySpace::device) {
    cudaEvent_t event = nullptr;
    BRAMBLE_CUDA_CHECK(cudaEventCreateWithFlags(&event, cudaEventDisableTiming));
    last_use_.reset(event);
  }

  // cudaFree waits for the transforms that still use the smaller area.
  void grow(std::size_t num_bytes) {
    const std::lock_guard lock(mutex_);
    bytes_.resize(std::max(bytes_.size(), static_cast<std::int64_t>(num_bytes)));
  }

  // Calls transform(plan) in the stream of `exec`.
  template <class Transform>
  void run(const Exec& exec, cufftHandle plan, const Transform& transform) {
    const auto stream = static_cast<cudaStream_t>(exec.stream);
    const std::lock_guard lock(mutex_);
    BRAMBLE_CUDA_CHECK(cudaStreamWaitEvent(stream, last_use_.get(), 0));
    check_cufft(cufft().set_stream(plan, stream), "cufftSetStream");
    check_cufft(cufft().set_work_area(plan, bytes_.data()), "cufftSetWorkArea");
    transform(plan);
    BRAMBLE_CUDA_CHECK(cudaEventRecord(last_use_.get(), stream));
  }

 private:
  std::mutex mutex_;
  Array<std::byte> bytes_;
  Event last_use_;
};

// That of the current device. Never destroyed: when static objects are, the device may be gone.
WorkArea& work_area() {
  static std::mutex& mutex = *std::make_unique<std::mutex>().release();
  static auto& areas = *std::make_unique<std::map<int, WorkArea>>().release();
  int device = 0;
  BRAMBLE_CUDA_CHECK(cudaGetDevice(&device));
  const std::lock_guard lock(mutex);
  return areas[device];
}

CufftPlan plan_of(Extent extent, cufftType type) {
  const Extent spectrum = Fft3d::spectrum_extent_of(extent);
  int size[3] = {extent.z, extent.y, extent.x};
  int spectrum_size[3] = {spectrum.z, spectrum.y, spectrum.x};
  const bool to_spectrum = type == CUFFT_R2C;
  int* in = to_spectrum ? size : spectrum_size;
  int* out = to_spectrum ? spectrum_size : size;
  const auto num_voxels = static_cast<int>(extent.num_voxels());
  const auto num_numbers = static_cast<int>(spectrum.num_voxels());
  cufftHandle raw = CufftPlanTraits::null();
  check_cufft(cufft().create(&raw), "cufftCreate");
  CufftPlan plan(raw);
  check_cufft(cufft().set_auto_allocation(raw, 0), "cufftSetAutoAllocation");
  std::size_t num_bytes = 0;
  check_cufft(
      cufft().make_plan_many(raw, 3, size, in, 1, to_spectrum ? num_voxels : num_numbers, out, 1,
                             to_spectrum ? num_numbers : num_voxels, type, 1, &num_bytes),
      "cufftMakePlanMany");
  work_area().grow(num_bytes);
  return plan;
}

}  // namespace

struct Fft3d::CufftPlans::Plans {
  CufftPlan forward;
  CufftPlan inverse;
  WorkArea& area;
};

Fft3d::CufftPlans::CufftPlans(Extent extent)
    : plans(std::make_unique<Plans>(
          Plans{plan_of(extent, CUFFT_R2C), plan_of(extent, CUFFT_C2R), work_area()})) {}

Fft3d::CufftPlans::~CufftPlans() = default;

int Fft3d::CufftPlans::current_device() {
  int device = 0;
  BRAMBLE_CUDA_CHECK(cudaGetDevice(&device));
  return device;
}

void Fft3d::CufftPlans::forward(const Exec& exec, const float* real, Complex* spectrum) const {
  plans->area.run(exec, plans->forward.get(), [&](cufftHandle plan) {
    check_cufft(cufft().exec_r2c(plan, const_cast<cufftReal*>(real),
                                 reinterpret_cast<cufftComplex*>(spectrum)),
                "cufftExecR2C");
  });
}

void Fft3d::CufftPlans::inverse(const Exec& exec, Complex* spectrum, float* real) const {
  plans->area.run(exec, plans->inverse.get(), [&](cufftHandle plan) {
    check_cufft(cufft().exec_c2r(plan, reinterpret_cast<cufftComplex*>(spectrum), real),
                "cufftExecC2R");
  });
}

#else

struct Fft3d::CufftPlans::Plans {};

Fft3d::CufftPlans::CufftPlans(Extent) {}

Fft3d::CufftPlans::~CufftPlans() = default;

int Fft3d::CufftPlans::current_device() {
  throw DeviceError("this program was built without CUDA: no cuFFT; run with --device cpu");
}

void Fft3d::CufftPlans::forward(const Exec&, const float*, Complex*) const {}

void Fft3d::CufftPlans::inverse(const Exec&, Complex*, float*) const {}

#endif

}  // namespace bramble
