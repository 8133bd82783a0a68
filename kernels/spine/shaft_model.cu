#include "kernels/spine/shaft_model.hpp"

#include "kernels/core/error.hpp"
#include "kernels/core/for_each_voxel.hpp"

namespace bramble {

namespace {

constexpr int window_stations = 20;  // to each side
constexpr int window_step = 2;
constexpr int window_size = 2 * window_stations / window_step + 1;
constexpr int quantile_rank = 6;  // of 21: 30 %
constexpr int mean_stations = 7;  // to each side

BRAMBLE_HD float brightness(const Station& station, ShaftScale scale) {
  return scale == ShaftScale::counts ? station.shaft : station.restored;
}

BRAMBLE_HD int in_dendrite(const Station& of, int station) {
  return station < of.first ? of.first : station > of.last ? of.last : station;
}

// The smallest values of some, in order.
struct Smallest {
  float values[quantile_rank + 1];
  int size = 0;

  BRAMBLE_HD void add(float value) noexcept {
    if (size == quantile_rank + 1 && value >= values[quantile_rank]) {
      return;
    }
    int i = size <= quantile_rank ? size++ : quantile_rank;
    for (; i > 0 && values[i - 1] > value; --i) {
      values[i] = values[i - 1];
    }
    values[i] = value;
  }
};

struct QuantileAlongShaft {
  VolumeView<const float> straight;
  const Station* stations;
  ShaftScale scale;
  VolumeView<float> quantile;

  // One half of the samples across does the work of both: the dimmer side stands for the shaft.
  BRAMBLE_HD void operator()(Voxel v) const noexcept {
    const int out = v.x - StraightGrid::half_across;
    if (out < 0) {
      return;
    }
    const Station& station = stations[v.y];
    if (station.last < 0) {
      quantile(v) = 0;
      return;
    }
    const float left = along(station, v, StraightGrid::half_across + out);
    const float right = along(station, v, StraightGrid::half_across - out);
    quantile(v) = left < right ? left : right;
  }

  BRAMBLE_HD float along(const Station& station, Voxel v, int x) const noexcept {
    Smallest smallest;
    for (int i = 0; i < window_size; ++i) {
      const int s = in_dendrite(station, v.y + i * window_step - window_stations);
      smallest.add(straight(v.z, s, x) / brightness(stations[s], scale));
    }
    return smallest.values[quantile_rank];
  }
};

struct MeanFallingOutwards {
  VolumeView<const float> quantile;
  const Station* stations;
  ShaftScale scale;
  VolumeView<float> model;

  // Index: depth sample and station.
  BRAMBLE_HD void operator()(Voxel row) const noexcept {
    const Station& station = stations[row.y];
    float least = 1e30f;
    for (int out = 0; out <= StraightGrid::half_across; ++out) {
      float sum = 0;
      for (int j = -mean_stations; station.last >= 0 && j <= mean_stations; ++j) {
        sum += quantile(row.z, in_dendrite(station, row.y + j), StraightGrid::half_across + out);
      }
      const float mean = sum / (2 * mean_stations + 1);
      least = mean < least ? mean : least;
      const float value = least > 0 ? least * brightness(station, scale) : 0;
      model(row.z, row.y, StraightGrid::half_across + out) = value;
      model(row.z, row.y, StraightGrid::half_across - out) = value;
    }
  }
};

}  // namespace

void model_shaft(const Exec& exec, VolumeView<const float> straight, const Station* stations,
                 ShaftScale scale, VolumeView<float> quantile, VolumeView<float> model) {
  require(straight.extent == StraightGrid::extent(straight.extent.y) &&
              straight.extent == quantile.extent && straight.extent == model.extent,
          "straightened stacks of different shapes");
  for_each_voxel(exec, straight.extent, QuantileAlongShaft{straight, stations, scale, quantile});
  for_each_voxel(exec, {straight.extent.z, straight.extent.y, 1},
                 MeanFallingOutwards{quantile, stations, scale, model});
}

}  // namespace bramble
