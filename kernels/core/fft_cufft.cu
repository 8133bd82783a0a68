#include "kernels/core/error.hpp"
#include "kernels/core/fft_plans.hpp"

#if defined(__CUDACC__)
#include "kernels/core/handle.hpp"

#include <cufft.h>
#include <dlfcn.h>

#include <cstdlib>
#include <string>
#endif

namespace bramble {

#if defined(__CUDACC__)

namespace {

// cuFFT's entry points, found at run time: the library has 286 MB, and a program linked to it would
// not start on a node without it. BRAMBLE_CUFFT names another file than libcufft.so.12.
struct CufftLibrary {
  decltype(&cufftPlanMany) plan_many = nullptr;
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
  find_symbol(library, "cufftPlanMany", functions.plan_many);
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

}  // namespace

struct Fft3d::CufftPlans::Plans {
  CufftPlan forward;
  CufftPlan inverse;
};

Fft3d::CufftPlans::CufftPlans(const Exec& exec, Extent extent) : plans(std::make_unique<Plans>()) {
  const Extent spectrum = spectrum_extent_of(extent);
  int size[3] = {extent.z, extent.y, extent.x};
  int spectrum_size[3] = {spectrum.z, spectrum.y, spectrum.x};
  const auto make = [&](cufftType type) {
    const bool to_spectrum = type == CUFFT_R2C;
    int* in = to_spectrum ? size : spectrum_size;
    int* out = to_spectrum ? spectrum_size : size;
    const auto in_distance =
        static_cast<int>(to_spectrum ? extent.num_voxels() : spectrum.num_voxels());
    const auto out_distance =
        static_cast<int>(to_spectrum ? spectrum.num_voxels() : extent.num_voxels());
    cufftHandle raw = CufftPlanTraits::null();
    check_cufft(cufft().plan_many(&raw, 3, size, in, 1, in_distance, out, 1, out_distance, type, 1),
                "cufftPlanMany");
    CufftPlan plan(raw);
    check_cufft(cufft().set_stream(raw, static_cast<cudaStream_t>(exec.stream)), "cufftSetStream");
    return plan;
  };
  plans->forward = make(CUFFT_R2C);
  plans->inverse = make(CUFFT_C2R);
}

Fft3d::CufftPlans::~CufftPlans() = default;

void Fft3d::CufftPlans::forward(const Exec&, const float* real, Complex* spectrum) const {
  check_cufft(cufft().exec_r2c(plans->forward.get(), const_cast<cufftReal*>(real),
                               reinterpret_cast<cufftComplex*>(spectrum)),
              "cufftExecR2C");
}

void Fft3d::CufftPlans::inverse(const Exec&, Complex* spectrum, float* real) const {
  check_cufft(
      cufft().exec_c2r(plans->inverse.get(), reinterpret_cast<cufftComplex*>(spectrum), real),
      "cufftExecC2R");
}

#else

struct Fft3d::CufftPlans::Plans {};

Fft3d::CufftPlans::CufftPlans(const Exec&, Extent) {
  throw DeviceError("this program was built without CUDA: no cuFFT; run with --device cpu");
}

Fft3d::CufftPlans::~CufftPlans() = default;

void Fft3d::CufftPlans::forward(const Exec&, const float*, Complex*) const {}

void Fft3d::CufftPlans::inverse(const Exec&, Complex*, float*) const {}

#endif

}  // namespace bramble
