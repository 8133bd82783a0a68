#include "bench/on_each_backend.hpp"
#include "bench/tube_volume.hpp"
#include "kernels/trace/distance_transform.hpp"

// How many voxels a second does the distance transform take, from bits to all distances written?
namespace bramble {
namespace {

constexpr Spacing spacing{0.3f, 0.3f, 0.3f};
constexpr double bytes_written_per_voxel = 4;

void time_distance_transform(benchmark::State& state, const Exec& exec, Extent extent) {
  BitVolume on_host;
  BitVolume tubes(exec.space());
  Volume<std::uint32_t> distances(exec.space(), extent, spacing);
  Volume<std::uint32_t> scratch(exec.space(), extent, spacing);
  pack_bits(cpu_exec, make_tube_volume(extent, spacing).view(), on_host);
  copy(exec, on_host, tubes);
  distance_transform(exec, tubes, scratch.view(), distances.view());  // touches the memory
  for (auto _ : state) {
    distance_transform(exec, tubes, scratch.view(), distances.view());
    synchronize(exec);
  }
  report_voxels(state, extent, bytes_written_per_voxel);
}

}  // namespace
}  // namespace bramble

int main(int argc, char** argv) {
  return bramble::run_on_each_backend(argc, argv,
                                      {{"distance_transform", bramble::time_distance_transform}});
}
