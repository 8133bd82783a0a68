#include "bench/on_each_backend.hpp"
#include "bench/tube_volume.hpp"
#include "kernels/trace/distance_transform.hpp"
#include "kernels/trace/thin.hpp"

// How many voxels a second does thinning take, without packing and distance transform?
namespace bramble {
namespace {

constexpr Spacing spacing{0.3f, 0.3f, 0.3f};

void time_thinning(benchmark::State& state, const Exec& exec, Extent extent) {
  BitVolume on_host;
  BitVolume tubes(exec.space());
  BitVolume bits(exec.space());
  Volume<std::uint32_t> distances(exec.space(), extent, spacing);
  Volume<std::uint32_t> distances_along_axes(exec.space(), extent, spacing);
  ThinScratch scratch(exec.space());
  pack_bits(cpu_exec, make_tube_volume(extent, spacing).view(), on_host);
  copy(exec, on_host, tubes);
  distance_transform(exec, tubes, distances_along_axes.view(), distances.view());
  copy(exec, tubes, bits);
  thin(exec, bits, distances.view(), {}, scratch);  // allocates the scratch memory
  for (auto _ : state) {
    state.PauseTiming();
    copy(exec, tubes, bits);
    synchronize(exec);
    state.ResumeTiming();
    thin(exec, bits, distances.view(), {}, scratch);
    synchronize(exec);
  }
  report_voxels(state, extent, 0);
}

}  // namespace
}  // namespace bramble

int main(int argc, char** argv) {
  return bramble::run_on_each_backend(argc, argv, {{"thin", bramble::time_thinning}});
}
