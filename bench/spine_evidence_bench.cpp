#include "bench/on_each_backend.hpp"
#include "kernels/spine/shaft_model.hpp"
#include "kernels/spine/spine_evidence.hpp"
#include "kernels/spine/tree_ensemble.hpp"

#include <cstdint>
#include <vector>

// How many candidates a second are measured and scored, and how long does the model of a shaft
// take? The sizes stand for stacks: eight stations and ten candidates for each column of voxels.
namespace bramble {
namespace {

int stations_of(Extent extent) { return 8 * extent.x; }
int places_of(Extent extent) { return 10 * extent.x; }

constexpr int num_trees = 200;
constexpr int nodes_per_tree = 15;

// Noise between 0 and 100: what is measured does not change the time it takes.
Volume<float> noise(const Exec& exec, int num_stations) {
  Volume<float> values(MemorySpace::host, StraightGrid::extent(num_stations),
                       StraightGrid::spacing());
  std::uint32_t state = 1;
  for (float& value : values.voxels()) {
    state = 1664525 * state + 1013904223;
    value = static_cast<float>(state >> 16) * 0x1p-16f * 100;
  }
  Volume<float> moved(exec.space());
  copy(exec, values, moved);
  return moved;
}

template <class T>
Array<T> moved_to(const Exec& exec, const std::vector<T>& values) {
  Array<T> host(MemorySpace::host, static_cast<std::int64_t>(values.size()));
  std::copy(values.begin(), values.end(), host.begin());
  Array<T> moved(exec.space());
  copy(exec, host, moved);
  return moved;
}

Array<Station> stations_on(const Exec& exec, int num_stations) {
  return moved_to(exec,
                  std::vector<Station>(static_cast<std::size_t>(num_stations),
                                       {.last = num_stations - 1, .shaft = 100, .restored = 100}));
}

Array<EvidencePlace> places_on(const Exec& exec, int num_places, int num_stations) {
  std::vector<EvidencePlace> places(static_cast<std::size_t>(num_places));
  for (int i = 0; i < num_places; ++i) {
    places[static_cast<std::size_t>(i)] = {
        .sample = {StraightGrid::half_axial, i * 7 % num_stations, 20 + i % 37}, .lateral_um = 1};
  }
  return moved_to(exec, places);
}

void time_model(benchmark::State& state, const Exec& exec, Extent extent) {
  const int num_stations = stations_of(extent);
  const Volume<float> straight = noise(exec, num_stations);
  Volume<float> quantile = noise(exec, num_stations);
  Volume<float> model = noise(exec, num_stations);
  const Array<Station> stations = stations_on(exec, num_stations);
  for (auto _ : state) {
    model_shaft(exec, straight.view(), stations.data(), ShaftScale::counts, quantile.view(),
                model.view());
    synchronize(exec);
  }
}

void time_evidence(benchmark::State& state, const Exec& exec, Extent extent) {
  const int num_stations = stations_of(extent);
  const int num_places = places_of(extent);
  const Volume<float> form = noise(exec, num_stations);
  const VolumeView<const float> view = form.view();
  const SpineForms forms{view, view, view, view, view, view, view, {}, 1, 1};
  const Array<Station> stations = stations_on(exec, num_stations);
  const Array<EvidencePlace> places = places_on(exec, num_places, num_stations);
  Array<float> evidence(exec.space(), static_cast<std::int64_t>(num_places) * num_evidence);
  for (auto _ : state) {
    measure_evidence(exec, forms, stations.data(), places.data(), num_places, evidence.data());
    synchronize(exec);
  }
  state.SetItemsProcessed(state.iterations() * num_places);
}

void time_score(benchmark::State& state, const Exec& exec, Extent extent) {
  std::vector<TreeNode> nodes;
  std::vector<int> roots;
  for (int tree = 0; tree < num_trees; ++tree) {
    const int root = tree * nodes_per_tree;
    roots.push_back(root);
    for (int i = 0; i < nodes_per_tree; ++i) {
      nodes.push_back({.feature = i < 7 ? (tree + i) % num_evidence : -1,
                       .value = i < 7 ? 50.0f : 0.01f,
                       .left = root + 2 * i + 1,
                       .right = root + 2 * i + 2});
    }
  }
  const Array<TreeNode> on_nodes = moved_to(exec, nodes);
  const Array<int> on_roots = moved_to(exec, roots);
  const int num_places = places_of(extent);
  const Array<float> rows = moved_to(
      exec, std::vector<float>(static_cast<std::size_t>(num_places) * num_evidence, 50.0f));
  Array<float> probabilities(exec.space(), num_places);
  for (auto _ : state) {
    score_trees(exec, {on_nodes.data(), on_roots.data(), num_trees, 0}, rows.data(), num_evidence,
                num_places, probabilities.data());
    synchronize(exec);
  }
  state.SetItemsProcessed(state.iterations() * num_places);
}

}  // namespace
}  // namespace bramble

int main(int argc, char** argv) {
  using namespace bramble;
  return run_on_each_backend(argc, argv,
                             {{"spine/model", time_model},
                              {"spine/evidence", time_evidence},
                              {"spine/score", time_score}});
}
