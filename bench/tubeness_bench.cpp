#include "bench/on_each_backend.hpp"
#include "bench/tube_volume.hpp"
#include "kernels/segment/tubeness.hpp"

#include <array>
#include <cstdint>

// How many voxels a second does tubeness take at one scale, smoothing included, and its own pass
// alone, at every voxel of a volume that is nowhere flat?
namespace bramble {
namespace {

constexpr Spacing spacing{0.3f, 0.3f, 0.3f};
constexpr float sigma_um = 0.6f;
constexpr double bytes_per_voxel_of_pass = 12;

// Tubes of 100 counts in noise between 0 and 50.
Volume<float> noisy_tubes(Extent extent) {
  const Volume<std::uint8_t> tubes = make_tube_volume(extent, spacing);
  Volume<float> values(MemorySpace::host, extent, spacing);
  std::uint32_t state = 1;
  for (std::int64_t i = 0; i < values.voxels().size(); ++i) {
    state = 1664525 * state + 1013904223;
    values.voxels()[i] =
        100.0f * tubes.voxels()[i] + static_cast<float>(state >> 16) * 0x1p-16f * 50;
  }
  return values;
}

struct Volumes {
  Volumes(const Exec& exec, Extent extent)
      : values(exec.space()),
        smoothed(exec.space(), extent, spacing),
        pass(exec.space(), extent, spacing),
        response(exec.space(), extent, spacing) {
    copy(exec, noisy_tubes(extent), values);
    tubeness(exec, std::as_const(values).view(), {.sigmas_um = sigmas_um},
             {.smoothed = smoothed.view(), .pass = pass.view()}, response.view());
  }

  std::array<float, 1> sigmas_um{sigma_um};
  Volume<float> values;
  Volume<float> smoothed;
  Volume<float> pass;
  Volume<float> response;
};

void time_scale(benchmark::State& state, const Exec& exec, Extent extent) {
  Volumes v(exec, extent);
  for (auto _ : state) {
    tubeness(exec, std::as_const(v.values).view(), {.sigmas_um = v.sigmas_um},
             {.smoothed = v.smoothed.view(), .pass = v.pass.view()}, v.response.view());
    synchronize(exec);
  }
  report_voxels(state, extent, 0);
}

void time_pass(benchmark::State& state, const Exec& exec, Extent extent) {
  Volumes v(exec, extent);
  for (auto _ : state) {
    raise_to_tubeness(exec, std::as_const(v.smoothed).view(), sigma_um, v.response.view());
    synchronize(exec);
  }
  report_voxels(state, extent, bytes_per_voxel_of_pass);
}

}  // namespace
}  // namespace bramble

int main(int argc, char** argv) {
  using namespace bramble;
  return run_on_each_backend(argc, argv,
                             {{"tubeness/scale", time_scale}, {"tubeness/pass", time_pass}});
}
