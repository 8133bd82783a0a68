#include "kernels/restore/axis_walk.hpp"
#include "kernels/restore/fourier_engine.hpp"
#include "kernels/restore/separable_engine.hpp"
#include "kernels/restore/separable_psf.hpp"
#include "kernels/restore/weighted_rows.hpp"
#include "tests/kernels/restore/deconvolution_cases.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <vector>

namespace bramble {
namespace {

template <class Engine>
Volume<float> after_steps(Engine& engine, const Volume<float>& photons, int steps,
                          const std::optional<TotalVariationParams>& total_variation) {
  const Volume<float> node = constant({1, 1, 1}, 1.5f);
  const CompareModel comparison{.data = photon_data(photons, {node.view(), 1, 1})};
  engine.start(cpu_exec, 5);
  for (int k = 0; k < steps; ++k) {
    engine.compare(cpu_exec, comparison);
    engine.advance(cpu_exec, {static_cast<float>(k) / static_cast<float>(k + 3)}, total_variation);
  }
  return estimate_of(engine, photons.extent());
}

Volume<float> noisy_threads(Extent extent, const Volume<float>& psf) {
  Volume<float> expected = convolved(threads(extent), psf);
  for (float& value : expected.voxels()) {
    value = 300 * value + 1.5f;
  }
  return poisson(expected, 17);
}

double distance_of_engines(Extent image, const Volume<float>& psf,
                           const std::optional<TotalVariationParams>& total_variation) {
  const Volume<float> photons = noisy_threads(image, psf);
  FourierEngine fourier(cpu_exec, image, psf, FftPlanning::estimate);
  SeparableEngine separable(cpu_exec, image, case_spacing, *separate_psf(psf.view()));
  return relative_distance(after_steps(fourier, photons, 10, total_variation),
                           after_steps(separable, photons, 10, total_variation));
}

TEST(DeconvolutionEngines, agree_for_a_gaussian) {
  EXPECT_LT(distance_of_engines({12, 30, 41}, leaning_psf({9, 11, 11}, 1.6, 1.7, 0), {}), 1e-5);
}

TEST(DeconvolutionEngines, agree_for_a_psf_without_symmetry) {
  EXPECT_LT(distance_of_engines({7, 29, 33}, lopsided_psf(), {}), 1e-5);
}

TEST(DeconvolutionEngines, agree_for_a_stack_thinner_than_the_psf) {
  EXPECT_LT(distance_of_engines({4, 30, 35}, leaning_psf({15, 11, 11}, 2.5, 1.7, 0), {}), 1e-5);
}

TEST(DeconvolutionEngines, agree_with_total_variation_inside_the_image) {
  // They border differently on nothing at the far end of the extended object.
  EXPECT_LT(distance_of_engines({12, 30, 41}, leaning_psf({9, 11, 11}, 1.6, 1.7, 0),
                                TotalVariationParams{}),
            1e-3);
}

// Rows of noise, and the taps 1, 1/2, 1/3, ...
struct RowCase {
  static constexpr int width = 21;  // no multiple of what the CPU adds at once
  Taps taps;
  Volume<float> rows = constant({1, 60, width}, 0);

  explicit RowCase(int num_taps) {
    taps.num_taps = num_taps;
    for (int j = 0; j < num_taps; ++j) {
      taps.tap[j] = 1 / static_cast<float>(j + 1);
    }
    for (std::int64_t i = 0; i < rows.voxels().size(); ++i) {
      rows.voxels()[i] = static_cast<float>(i * 37 % 101) - 30;
    }
  }
  const float* row(int i) const { return &rows.view()(0, i, 0); }

  // sum of tap[j] row[place + direction j] at x, of the rows there are.
  double sum(int place, int direction, int x) const {
    double total = 0;
    for (int j = 0; j < taps.num_taps; ++j) {
      const int i = place + direction * j;
      total += i < 0 || i >= rows.extent().y
                   ? 0
                   : static_cast<double>(taps.tap[j]) * static_cast<double>(row(i)[x]);
    }
    return total;
  }
};

TEST(WeightedRows, one_result_and_two_neighbours_are_the_sums_as_written) {
  for (const int num_taps : {1, 2, 10, 11, 17, 30}) {
    const RowCase rows(num_taps);
    const auto row_at = [&](int i) { return rows.row(i); };
    std::vector<float> first(RowCase::width);
    std::vector<float> second(RowCase::width);
    for (const int count : {1, 2}) {
      for (const int place : {0, 7, 59, 60 + num_taps - 2}) {
        float* const results[2] = {first.data(), second.data()};
        // The last result comes first.
        add_weighted_rows(rows.taps, rows_of_transposed(rows.taps, place, count, 60, row_at), count,
                          results, RowCase::width);

        for (int x = 0; x < RowCase::width; ++x) {
          const auto at = static_cast<std::size_t>(x);
          ASSERT_NEAR(first[at], rows.sum(place, -1, x), 1e-4) << num_taps << " at " << place;
          if (count == 2) {
            ASSERT_NEAR(second[at], rows.sum(place - 1, -1, x), 1e-4) << num_taps;
          }
        }
      }
      float* const results[2] = {first.data(), second.data()};
      add_weighted_rows(rows.taps, rows_of_blur(rows.taps, 5, count, row_at), count, results,
                        RowCase::width);

      for (int x = 0; x < RowCase::width; ++x) {
        const auto at = static_cast<std::size_t>(x);
        ASSERT_NEAR(first[at], rows.sum(5, 1, x), 1e-4) << num_taps;
        if (count == 2) {
          ASSERT_NEAR(second[at], rows.sum(6, 1, x), 1e-4) << num_taps;
        }
      }
    }
  }
}

// Every walk on the host, as for_each_walk calls it; what lies between a walk's own values stays
// as it is.
template <class Walk>
void run_walks(Extent walks, const Walk& walk) {
  constexpr int stride = 3;
  constexpr float foreign = 12345;
  for (std::int64_t i = 0; i < walks.num_voxels(); ++i) {
    std::vector<float> scratch(static_cast<std::size_t>(stride * walk.num_floats()), foreign);
    walk(walks.voxel(i), scratch.data(), stride);
    for (std::size_t place = 0; place < scratch.size(); ++place) {
      ASSERT_TRUE(place % stride == 0 || scratch[place] == foreign);
    }
  }
}

// The steps of after_steps with the walks of the GPU.
Volume<float> after_walks(const Volume<float>& photons, const SeparablePsf& psf, int steps) {
  const Volume<float> node = constant({1, 1, 1}, 1.5f);
  const CompareModel comparison{.data = photon_data(photons, {node.view(), 1, 1})};
  const Extent image = photons.extent();
  const Taps z = taps_of(psf.z);
  const Taps y = taps_of(psf.y);
  const Taps x = taps_of(psf.x);
  const Extent object{image.z + z.num_taps - 1, image.y + y.num_taps - 1, image.x + x.num_taps - 1};
  const Array<float> seen_z = seen_along(cpu_exec, z, image.z);
  const Array<float> seen_y = seen_along(cpu_exec, y, image.y);
  const Array<float> seen_x = seen_along(cpu_exec, x, image.x);
  Volume<float> estimate = constant(object, 5);
  Volume<float> prediction = constant(object, 5);
  Volume<float> in_plane = constant({object.z, image.y, image.x}, 0);
  const int parts = (object.y + rows_per_walk - 1) / rows_per_walk;
  const BlurAlongY blur{{prediction.view(), 1, object.x, x}, y, in_plane.view()};
  run_walks({object.z, (image.y + rows_per_walk - 1) / rows_per_walk, image.x}, blur);
  for (int k = 0; k < steps; ++k) {
    run_walks({1, image.y, image.x}, CompareAlongZ<float>{comparison, in_plane.view(), z});
    run_walks({object.z, parts, object.x},
              AdvanceAlongY{{static_cast<float>(k) / static_cast<float>(k + 3)},
                            {in_plane.view(), 1, image.x, x},
                            y,
                            estimate.view(),
                            prediction.view(),
                            seen_z.data(),
                            seen_y.data(),
                            seen_x.data(),
                            nullptr});
    run_walks({object.z, (image.y + rows_per_walk - 1) / rows_per_walk, image.x}, blur);
  }
  Volume<float> result = constant(image, 0);
  for (std::int64_t i = 0; i < image.num_voxels(); ++i) {
    const Voxel v = image.voxel(i);
    result.voxels()[i] = estimate.view()(v.z + z.radius(), v.y + y.radius(), v.x + x.radius());
  }
  return result;
}

TEST(SeparableEngine, walks_of_the_gpu_give_what_the_sweeps_of_the_cpu_give) {
  // More rows than one walk has, and a stack thinner than the PSF.
  const Extent images[] = {{5, 2 * rows_per_walk + 3, 9}, {2, 31, 20}, {1, 1, 1}};
  const Volume<float> psfs[] = {lopsided_psf(), leaning_psf({9, 7, 5}, 1.6, 1.2, 0)};
  for (const Extent image : images) {
    for (const Volume<float>& psf : psfs) {
      Volume<float> photons = constant(image, 20);
      for (std::int64_t i = 0; i < image.num_voxels(); i += 7) {
        photons.voxels()[i] = static_cast<float>(i % 91);
      }
      const SeparablePsf factors = *separate_psf(psf.view());
      SeparableEngine engine(cpu_exec, image, case_spacing, factors);

      const Volume<float> expected = after_steps(engine, photons, 4, {});
      const Volume<float> found = after_walks(photons, factors, 4);

      EXPECT_LT(relative_distance(found, expected), 2e-6);
    }
  }
}

TEST(SeparatePsf, gives_the_factors_of_a_product_and_nothing_for_another) {
  const std::optional<SeparablePsf> factors = separate_psf(lopsided_psf().view());

  ASSERT_TRUE(factors);
  EXPECT_NEAR(factors->z[1] / factors->z[0], 4, 1e-5);
  EXPECT_NEAR(factors->y[0], 0, 1e-7);
  EXPECT_NEAR(factors->x[2] / factors->x[4], 12, 1e-4);
  EXPECT_FALSE(separate_psf(leaning_psf({5, 7, 7}, 1, 1.5, 0.01).view()));
}

TEST(TotalVariationDamping, flat_volumes_are_not_damped_and_peaks_are) {
  Volume<float> values = constant({3, 4, 5}, 7);
  Volume<float> damping = constant({3, 4, 5}, 0);

  total_variation_damping(cpu_exec, values.view(), damping.view(), {.weight = 0.01f});
  for (const float value : damping.voxels()) {
    ASSERT_EQ(value, 1.0f);
  }

  values.view()(1, 2, 2) = 9;
  total_variation_damping(cpu_exec, values.view(), damping.view(), {.weight = 0.01f});

  // At the peak the unit gradient points down on both sides of each axis: by hand, with per um
  // 1, 1 / 0.15, 1 / 0.15 and weight 0.01 x 0.15 um.
  const double per_um[] = {1, 1 / 0.15, 1 / 0.15};
  const double norm = std::sqrt(1 + 2 / (0.15 * 0.15));
  double divergence = 0;
  for (const double axis : per_um) {
    divergence += (-axis / norm - 1) * axis;
  }
  EXPECT_NEAR(damping.view()(1, 2, 2), 1 - 0.0015 * divergence, 1e-5);
  EXPECT_THROW(total_variation_damping(cpu_exec, values.view(), damping.view(), {.weight = 0.5f}),
               InvalidArgument);
}

}  // namespace
}  // namespace bramble
