#include "kernels/spine/spine_evidence.hpp"

#include "tests/kernels/execs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace bramble {
namespace {

constexpr int num_stations = 60;
constexpr Voxel head{StraightGrid::half_axial, 30, StraightGrid::half_across + 12};

float value_of(const std::vector<float>& evidence, std::string_view name) {
  const auto found = std::find(evidence_names.begin(), evidence_names.end(), name);
  EXPECT_NE(found, evidence_names.end()) << name;
  return evidence[static_cast<std::size_t>(found - evidence_names.begin())];
}

// A shaft of brightness 200 and a head half as bright, 1.2 um to its left, times `scale`.
struct DrawnSpine {
  Volume<float> fine{MemorySpace::host, StraightGrid::extent(num_stations),
                     StraightGrid::spacing()};
  Volume<float> shaft{MemorySpace::host, fine.extent(), fine.spacing()};
  Volume<float> excess{MemorySpace::host, fine.extent(), fine.spacing()};
  std::vector<Station> stations{num_stations};
  float scale;

  explicit DrawnSpine(float times, bool mirrored = false) : scale(times) {
    for (Station& station : stations) {
      station = {
          .first = 0, .last = num_stations - 1, .shaft = 200 * scale, .restored = 200 * scale};
    }
    for (std::int64_t i = 0; i < fine.voxels().size(); ++i) {
      const Voxel v = fine.extent().voxel(i);
      const double out = (mirrored ? -1 : 1) * (v.x - StraightGrid::half_across) * 0.1;
      const double along = (v.y - head.y) * 0.125;
      const double deep = v.z - StraightGrid::half_axial;
      const double depth = std::exp(-0.5 * deep * deep / 0.64);
      shaft.voxels()[i] = static_cast<float>(scale * 200 * depth * std::exp(-out * out / 0.18));
      const double from_head = (out - 1.2) * (out - 1.2) + along * along;
      excess.voxels()[i] = static_cast<float>(scale * 100 * depth * std::exp(-from_head / 0.08));
      fine.voxels()[i] = shaft.voxels()[i] + excess.voxels()[i];
    }
  }

  std::vector<float> measure(bool mirrored = false) const {
    const SpineForms forms{.fine = fine.view(),
                           .medium = fine.view(),
                           .blob = excess.view(),
                           .restored = fine.view(),
                           .model = shaft.view(),
                           .restored_model = shaft.view(),
                           .excess = excess.view(),
                           .noise = {.variance_at_background = 25 * scale * scale},
                           .fine_noise_gain = 0.5f,
                           .blob_noise_gain = 0.2f};
    Voxel sample = head;
    if (mirrored) {
      sample.x = 2 * StraightGrid::half_across - sample.x;
    }
    const EvidencePlace place{
        .sample = sample, .lateral_um = 1.2f, .radius_um = 0.35f, .margin_um = 3, .end_um = 3.75f};
    std::vector<float> evidence(num_evidence);
    measure_evidence(cpu_exec, forms, stations.data(), &place, 1, evidence.data());
    return evidence;
  }
};

TEST(SpineEvidence, a_drawn_spine_measures_as_drawn) {
  const std::vector<float> evidence = DrawnSpine(1).measure();

  EXPECT_NEAR(value_of(evidence, "fine_shaft"), 0.5f, 0.01f);
  EXPECT_NEAR(value_of(evidence, "excess_shaft"), 0.5f, 0.01f);
  EXPECT_NEAR(value_of(evidence, "model_shaft"), 0, 0.01f);
  EXPECT_NEAR(value_of(evidence, "blob_noise"), 100 / (0.2f * 5), 0.1f);
  // exp(-u^2 / 0.18) is below a half from 0.353 um on: the sample at 0.4 um.
  EXPECT_NEAR(value_of(evidence, "half_width_um"), 0.4f, 1e-5);
  EXPECT_NEAR(value_of(evidence, "beyond_edge_um"), 0.8f, 1e-5);
  EXPECT_NEAR(value_of(evidence, "log_shaft_noise"), std::log(40.0f), 1e-4);
  EXPECT_NEAR(value_of(evidence, "out_500_head"), std::exp(-0.25f / 0.08f), 0.01f);
  EXPECT_NEAR(value_of(evidence, "along_375_larger_head"), std::exp(-0.140625f / 0.08f), 0.01f);
  EXPECT_NEAR(value_of(evidence, "towards_1_head"), std::exp(-0.5f / 0.64f), 0.01f);
  EXPECT_GT(value_of(evidence, "neck_head"), 0.1f);
  EXPECT_LT(value_of(evidence, "neck_head"), 1.0f);
  EXPECT_GT(value_of(evidence, "curvature_2_shaft"), 0);
}

TEST(SpineEvidence, brighter_by_four_changes_nothing) {
  const std::vector<float> once = DrawnSpine(1).measure();
  const std::vector<float> brighter = DrawnSpine(4).measure();

  // The spread of the excess is taken of units of noise, which the drawing gives in counts.
  for (int i = 0; i < num_evidence; ++i) {
    const std::string_view name = evidence_names[static_cast<std::size_t>(i)];
    if (name != "excess_noise" && !name.starts_with("excess_along") && name != "excess_out_800") {
      EXPECT_NEAR(brighter[static_cast<std::size_t>(i)], once[static_cast<std::size_t>(i)], 1e-4)
          << name;
    }
  }
}

TEST(SpineEvidence, both_sides_of_a_shaft_are_alike) {
  const std::vector<float> left = DrawnSpine(1).measure();
  const std::vector<float> right = DrawnSpine(1, true).measure(true);

  for (int i = 0; i < num_evidence; ++i) {
    EXPECT_NEAR(right[static_cast<std::size_t>(i)], left[static_cast<std::size_t>(i)], 1e-4)
        << evidence_names[static_cast<std::size_t>(i)];
  }
}

TEST(SpineEvidence, the_ends_of_a_dendrite_and_of_the_volume_are_safe) {
  const DrawnSpine drawn(1);
  const SpineForms forms{.fine = drawn.fine.view(),
                         .medium = drawn.fine.view(),
                         .blob = drawn.excess.view(),
                         .restored = drawn.fine.view(),
                         .model = drawn.shaft.view(),
                         .restored_model = drawn.shaft.view(),
                         .excess = drawn.excess.view()};
  const std::vector<EvidencePlace> places{
      {.sample = {0, 0, 0}},
      {.sample = {2 * StraightGrid::half_axial, num_stations - 1, 2 * StraightGrid::half_across}}};
  std::vector<float> evidence(2 * num_evidence);

  measure_evidence(cpu_exec, forms, drawn.stations.data(), places.data(), 2, evidence.data());

  EXPECT_TRUE(std::all_of(evidence.begin(), evidence.end(),
                          [](float value) { return std::isfinite(value); }));
}

TEST(SpineEvidence, gpu_agrees_with_cpu) {
  BRAMBLE_CUDA_EXEC_OR_SKIP(cuda);
  const DrawnSpine drawn(1);
  const std::vector<float> expected = drawn.measure();
  const auto moved = [&](const Volume<float>& volume) {
    Volume<float> on_device(MemorySpace::device);
    copy(cuda, volume, on_device);
    return on_device;
  };
  const Volume<float> fine = moved(drawn.fine);
  const Volume<float> shaft = moved(drawn.shaft);
  const Volume<float> excess = moved(drawn.excess);
  Array<Station> stations(MemorySpace::device, num_stations);
  copy_bytes(cuda, drawn.stations.data(), MemorySpace::host, stations.data(), MemorySpace::device,
             num_stations * sizeof(Station));
  const EvidencePlace place{
      .sample = head, .lateral_um = 1.2f, .radius_um = 0.35f, .margin_um = 3, .end_um = 3.75f};
  Array<EvidencePlace> places(MemorySpace::device, 1);
  copy_bytes(cuda, &place, MemorySpace::host, places.data(), MemorySpace::device, sizeof(place));
  Array<float> evidence(MemorySpace::device, num_evidence);

  measure_evidence(cuda,
                   {.fine = fine.view(),
                    .medium = fine.view(),
                    .blob = excess.view(),
                    .restored = fine.view(),
                    .model = shaft.view(),
                    .restored_model = shaft.view(),
                    .excess = excess.view(),
                    .noise = {.variance_at_background = 25},
                    .fine_noise_gain = 0.5f,
                    .blob_noise_gain = 0.2f},
                   stations.data(), places.data(), 1, evidence.data());

  Array<float> measured;
  copy(cuda, evidence, measured);
  for (std::int64_t i = 0; i < num_evidence; ++i) {
    EXPECT_NEAR(measured[i], expected[static_cast<std::size_t>(i)], 1e-4)
        << evidence_names[static_cast<std::size_t>(i)];
  }
}

}  // namespace
}  // namespace bramble
