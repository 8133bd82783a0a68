#include "bench/on_each_backend.hpp"
#include "bench/tube_volume.hpp"
#include "kernels/segment/label_runs.hpp"

// How many voxels a second does labelling of 26-components take, packing of a byte mask included?
namespace bramble {
namespace {

constexpr Spacing spacing{0.3f, 0.3f, 0.3f};
constexpr double bytes_read_per_voxel = 1 + 3.0 / 8;

void time_labelling(benchmark::State& state, const Exec& exec, Extent extent) {
  Volume<std::uint8_t> tubes(exec.space());
  BitVolume bits(exec.space());
  RunLabels runs(exec.space());
  copy(exec, make_tube_volume(extent, spacing), tubes);
  pack_bits(exec, tubes.view(), bits);
  label_runs(exec, bits, Connectivity::corner_26, runs);  // allocates the memory
  for (auto _ : state) {
    pack_bits(exec, tubes.view(), bits);
    label_runs(exec, bits, Connectivity::corner_26, runs);
    synchronize(exec);
  }
  report_voxels(state, extent, bytes_read_per_voxel);
}

}  // namespace
}  // namespace bramble

int main(int argc, char** argv) {
  return bramble::run_on_each_backend(argc, argv, {{"label_runs", bramble::time_labelling}});
}
