#include "pipeline/phantom/background.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace bramble {
namespace {

constexpr int num_waves = 16;

// Pixels from one node to the next.
int node_step(double correlation_um, double spacing_um) {
  return std::max(1, static_cast<int>(0.1 * correlation_um / spacing_um));
}

}  // namespace

double PhantomBackground::at(Position point) const noexcept {
  double sum = 0;
  for (const BackgroundWave& wave : waves) {
    sum += std::cos(dot(wave.radians_per_um, point) + wave.phase_rad);
  }
  // The mean square of a cosine is one half.
  return sum * std::sqrt(2.0 / num_waves);
}

PhantomBackground draw_background(const PhantomParameters& parameters, PhantomField field,
                                  const SessionPose& pose) {
  Random random(field.place(parameters, RandomPurpose::background));
  PhantomBackground background{.correlation_um = parameters.light.background_correlation_um,
                               .waves = {}};
  for (int i = 0; i < num_waves; ++i) {
    const auto [y, x] = random.normal_pair();
    const Position tissue_wave = Position{random.normal(), y, x} * (1 / background.correlation_um);
    const double tissue_phase = random.uniform_within(0, 2 * std::numbers::pi);
    const Position wave = pose.turn(tissue_wave) * (1 / pose.scale);
    // The phase at the stack's origin, so that the wave moves with the tissue.
    const double phase =
        tissue_phase + dot(tissue_wave, pose.centre) - dot(wave, pose.centre + pose.shift);
    background.waves.push_back({wave, phase});
  }
  return background;
}

BackgroundSlice::BackgroundSlice(const PhantomBackground& field, int slice, Extent extent,
                                 Spacing spacing)
    : size_x_(extent.x),
      step_y_(node_step(field.correlation_um, spacing.y_um)),
      step_x_(node_step(field.correlation_um, spacing.x_um)),
      num_nodes_x_((extent.x - 1) / step_x_ + 2) {
  const int num_nodes_y = (extent.y - 1) / step_y_ + 2;
  for (int y = 0; y < num_nodes_y; ++y) {
    for (int x = 0; x < num_nodes_x_; ++x) {
      nodes_.push_back(
          static_cast<float>(field.at(position_of({slice, y * step_y_, x * step_x_}, spacing))));
    }
  }
}

void BackgroundSlice::row(int y, std::vector<float>& values) const {
  values.resize(static_cast<std::size_t>(size_x_));
  const float* above = nodes_.data() + static_cast<std::int64_t>(y / step_y_) * num_nodes_x_;
  const float* below = above + num_nodes_x_;
  const float part_y = static_cast<float>(y % step_y_) / static_cast<float>(step_y_);
  const auto node = [&](int x) { return above[x] + part_y * (below[x] - above[x]); };
  for (int i = 0; i * step_x_ < size_x_; ++i) {
    const float from = node(i);
    const float slope = (node(i + 1) - from) / static_cast<float>(step_x_);
    float* to = values.data() + static_cast<std::int64_t>(i) * step_x_;
    const int size = std::min(step_x_, size_x_ - i * step_x_);
    for (int x = 0; x < size; ++x) {
      to[x] = from + slope * static_cast<float>(x);
    }
  }
}

}  // namespace bramble
