#include "kernels/segment/tubeness.hpp"

#include "tests/kernels/execs.hpp"
#include "tests/kernels/omp_threads.hpp"
#include "tests/kernels/segment/jacobi_eigenvalues.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace bramble {
namespace {

constexpr Spacing isotropic{0.1f, 0.1f, 0.1f};
constexpr double height = 100;
constexpr double width_um = 0.4;  // standard deviation of the profiles

template <class Function>
Volume<float> volume_of(Extent extent, Spacing spacing, const Function& value_at) {
  Volume<float> volume(MemorySpace::host, extent, spacing);
  for (std::int64_t i = 0; i < extent.num_voxels(); ++i) {
    volume.voxels()[i] = static_cast<float>(value_at(position_of(extent.voxel(i), spacing)));
  }
  return volume;
}

Volume<float> tubeness_of(const Volume<float>& values, const std::vector<float>& sigmas_um) {
  Volume<float> smoothed(MemorySpace::host, values.extent(), values.spacing());
  Volume<float> pass(MemorySpace::host, values.extent(), values.spacing());
  Volume<float> response(MemorySpace::host, values.extent(), values.spacing());
  tubeness(cpu_exec, values.view(), {.sigmas_um = sigmas_um},
           {.smoothed = smoothed.view(), .pass = pass.view()}, response.view());
  return response;
}

// The pass of one scale over a volume that counts as smoothed.
Volume<float> pass_over(const Volume<float>& smoothed, float sigma_um) {
  Volume<float> response(MemorySpace::host, smoothed.extent(), smoothed.spacing());
  std::fill(response.voxels().begin(), response.voxels().end(), 0.0f);
  raise_to_tubeness(cpu_exec, smoothed.view(), sigma_um, response.view());
  return response;
}

Volume<float> random_values(Extent extent, Spacing spacing) {
  std::mt19937_64 engine(5);
  return volume_of(extent, spacing,
                   [&](Position) { return static_cast<double>(engine() >> 11) * 0x1p-53; });
}

double gaussian(double squared_um2) {
  return height * std::exp(-0.5 * squared_um2 / (width_um * width_um));
}

// Distance squared from a line through `centre`.
double squared_from_line(Position p, Position centre, Position along) {
  const Position d = p - centre;
  const double projection = dot(d, along) / length_um(along);
  return dot(d, d) - projection * projection;
}

bool same_bits(const Volume<float>& a, const Volume<float>& b) {
  return std::equal(a.voxels().begin(), a.voxels().end(), b.voxels().begin(), b.voxels().end());
}

TEST(Tubeness, tube_of_its_own_scale_gives_a_quarter_of_its_height_in_any_direction) {
  const Position centre{3.0, 3.0, 3.0};
  for (const Position along :
       {Position{1, 0, 0}, Position{0, 1, 0}, Position{0, 0, 1}, Position{1, 2, -1}}) {
    const Volume<float> tube = volume_of({61, 61, 61}, isotropic, [&](Position p) {
      return gaussian(squared_from_line(p, centre, along));
    });

    const Volume<float> response = tubeness_of(tube, {0.4f});

    // Central differences take 3 / (12 x 32 voxels^2) off the second derivative of such a Gaussian.
    EXPECT_NEAR(response.view()(30, 30, 30), height / 4, 0.01 * height / 4) << along.y_um;
  }
}

TEST(Tubeness, follows_the_closed_form_over_the_scales_and_is_largest_at_the_width) {
  const Volume<float> tube = volume_of({61, 61, 91}, isotropic, [](Position p) {
    return gaussian(squared_from_line(p, {3, 3, 3}, {0, 0, 1}));
  });
  for (const double sigma_um : {0.3, 0.4, 0.55}) {
    const double variance_um2 = width_um * width_um + sigma_um * sigma_um;
    const double expected =
        height * width_um * width_um * sigma_um * sigma_um / (variance_um2 * variance_um2);

    const Volume<float> response = tubeness_of(tube, {static_cast<float>(sigma_um)});

    EXPECT_NEAR(response.view()(30, 30, 45), expected, 0.012 * expected) << sigma_um;
  }
}

TEST(Tubeness, plane_gives_nothing) {
  const Volume<float> plane = volume_of(
      {61, 40, 41}, isotropic, [](Position p) { return gaussian((p.z_um - 3) * (p.z_um - 3)); });

  const Volume<float> response = tubeness_of(plane, {0.4f});

  const double curvature = height * 0.16 * width_um / std::pow(0.32, 1.5);
  EXPECT_LT(*std::max_element(response.voxels().begin(), response.voxels().end()),
            0.02 * curvature);
}

TEST(Tubeness, centre_of_a_blob_has_three_equal_curvatures) {
  const Volume<float> blob = volume_of({61, 61, 61}, isotropic, [](Position p) {
    const Position d = p - Position{3, 3, 3};
    return gaussian(dot(d, d));
  });

  const Volume<float> response = tubeness_of(blob, {0.4f});

  const double expected = height * 0.16 * std::pow(width_um, 3) / std::pow(0.32, 2.5);
  EXPECT_NEAR(response.view()(30, 30, 30), expected, 0.01 * expected);
}

TEST(Tubeness, dark_tubes_give_nothing_on_their_axis) {
  const Volume<float> tube = volume_of({41, 41, 70}, isotropic, [](Position p) {
    return -gaussian(squared_from_line(p, {2, 2, 2}, {0, 0, 1}));
  });

  EXPECT_EQ(tubeness_of(tube, {0.4f}).view()(20, 20, 35), 0);
}

TEST(Tubeness, coarse_slices_give_the_response_of_isotropic_voxels_at_the_same_places) {
  const auto from_axis_um2 = [](Position p) {
    return squared_from_line(p, {3, 2.5, 3}, {0.5, 0.2, 1});
  };
  const auto tube_at = [&](Position p) { return gaussian(from_axis_um2(p)); };
  const Volume<float> fine = volume_of({61, 51, 61}, isotropic, tube_at);
  const Volume<float> coarse = volume_of({21, 51, 61}, {0.3f, 0.1f, 0.1f}, tube_at);

  const Volume<float> fine_response = tubeness_of(fine, {0.5f});
  const Volume<float> coarse_response = tubeness_of(coarse, {0.5f});

  int num_compared = 0;
  for (std::int64_t i = 0; i < coarse.voxels().size(); ++i) {
    const Voxel v = coarse.extent().voxel(i);
    if (v.z >= 6 && v.z < 15 && from_axis_um2(position_of(v, coarse.spacing())) < 0.3 * 0.3) {
      const double expected = fine_response.view()(3 * v.z, v.y, v.x);
      // Central differences over 0.3 um take 3 / (12 x 4.6 voxels^2), 5 %, off the curvature along
      // z, of which the response has the root.
      ASSERT_NEAR(coarse_response.view()(v), expected, 0.05 * expected) << i;
      ++num_compared;
    }
  }
  EXPECT_GT(num_compared, 300);
}

TEST(Tubeness, single_slice_responds_as_the_cross_section_of_a_tube) {
  const Volume<float> slice = volume_of({1, 61, 61}, isotropic, [](Position p) {
    return gaussian(squared_from_line(p, {0, 3, 3}, {1, 0, 0}));
  });

  const Volume<float> response = tubeness_of(slice, {0.4f});

  EXPECT_NEAR(response.view()(0, 30, 30), height / 4, 0.01 * height / 4);
}

// The formula with repeated border voxels, in double precision.
double pass_by_definition(const Volume<float>& smoothed, Voxel v, double sigma_um, double& trace) {
  const Extent extent = smoothed.extent();
  const Spacing spacing = smoothed.spacing();
  const auto at = [&](int dz, int dy, int dx) {
    return static_cast<double>(smoothed.view()(std::clamp(v.z + dz, 0, extent.z - 1),
                                               std::clamp(v.y + dy, 0, extent.y - 1),
                                               std::clamp(v.x + dx, 0, extent.x - 1)));
  };
  const auto scaled = [&](double difference, float first_um, float second_um) {
    return static_cast<float>(sigma_um * sigma_um * difference / first_um / second_um);
  };
  const auto mixed = [](double pp, double pm, double mp, double mm) {
    return 0.25 * (pp - pm - mp + mm);
  };
  const double twice = 2 * at(0, 0, 0);
  const Hessian h{.zz = scaled(at(1, 0, 0) + at(-1, 0, 0) - twice, spacing.z_um, spacing.z_um),
                  .yy = scaled(at(0, 1, 0) + at(0, -1, 0) - twice, spacing.y_um, spacing.y_um),
                  .xx = scaled(at(0, 0, 1) + at(0, 0, -1) - twice, spacing.x_um, spacing.x_um),
                  .zy = scaled(mixed(at(1, 1, 0), at(1, -1, 0), at(-1, 1, 0), at(-1, -1, 0)),
                               spacing.z_um, spacing.y_um),
                  .zx = scaled(mixed(at(1, 0, 1), at(1, 0, -1), at(-1, 0, 1), at(-1, 0, -1)),
                               spacing.z_um, spacing.x_um),
                  .yx = scaled(mixed(at(0, 1, 1), at(0, 1, -1), at(0, -1, 1), at(0, -1, -1)),
                               spacing.y_um, spacing.x_um)};
  trace = h.zz + h.yy + h.xx;
  return tube_by_definition(h);
}

TEST(Tubeness, pass_equals_the_definition_up_to_the_border_for_rows_of_any_length) {
  constexpr float sigma_um = 0.2f;
  const Extent extents[] = {{1, 1, 1},  {3, 4, 5},   {2, 3, 64},  {3, 2, 65}, {2, 2, 66},
                            {2, 3, 67}, {1, 5, 129}, {5, 1, 130}, {3, 3, 131}};
  for (const Extent extent : extents) {
    const Volume<float> smoothed = random_values(extent, {0.25f, 0.2f, 0.15f});

    const Volume<float> response = pass_over(smoothed, sigma_um);

    for (std::int64_t i = 0; i < extent.num_voxels(); ++i) {
      double trace = 0;
      const double expected = pass_by_definition(smoothed, extent.voxel(i), sigma_um, trace);
      if (std::abs(trace) > 1e-5) {
        ASSERT_NEAR(response.voxels()[i] * response.voxels()[i], expected * expected, 5e-3)
            << extent.x << ' ' << i;
      }
    }
  }
}

TEST(Tubeness, is_the_largest_over_the_scales) {
  const Volume<float> values = random_values({9, 20, 90}, {0.3f, 0.1f, 0.1f});
  const Volume<float> small = tubeness_of(values, {0.15f});
  const Volume<float> large = tubeness_of(values, {0.4f});

  const Volume<float> both = tubeness_of(values, {0.15f, 0.4f});

  for (std::int64_t i = 0; i < values.voxels().size(); ++i) {
    ASSERT_EQ(both.voxels()[i], std::max(small.voxels()[i], large.voxels()[i])) << i;
  }
}

TEST(Tubeness, four_times_the_brightness_gives_four_times_the_response_to_the_bit) {
  Volume<float> values = random_values({7, 20, 90}, {0.3f, 0.1f, 0.1f});
  Volume<float> expected = tubeness_of(values, {0.2f, 0.3f});
  for (float& response : expected.voxels()) {
    response *= 4;
  }
  for (float& value : values.voxels()) {
    value *= 4;
  }

  EXPECT_TRUE(same_bits(tubeness_of(values, {0.2f, 0.3f}), expected));
}

TEST(Tubeness, same_bits_for_any_number_of_threads) {
  const Volume<float> values = random_values({12, 40, 131}, {0.3f, 0.1f, 0.1f});
  const OmpThreads one(1);
  const Volume<float> expected = tubeness_of(values, {0.2f});

  for (const int count : {2, 3}) {
    const OmpThreads threads(count);
    EXPECT_TRUE(same_bits(tubeness_of(values, {0.2f}), expected)) << count << " threads";
  }
}

TEST(Tubeness, pass_gives_the_same_bits_on_the_gpu) {
  BRAMBLE_CUDA_EXEC_OR_SKIP(gpu);
  const Volume<float> smoothed = random_values({37, 53, 129}, {0.3f, 0.1f, 0.1f});
  Volume<float> on_device(MemorySpace::device);
  Volume<float> response(MemorySpace::device, smoothed.extent(), smoothed.spacing());
  Volume<float> on_host;
  copy(gpu, smoothed, on_device);
  fill_bytes(gpu, response.voxels().data(), 0,
             static_cast<std::size_t>(response.voxels().size()) * sizeof(float));

  raise_to_tubeness(gpu, std::as_const(on_device).view(), 0.2f, response.view());
  copy(gpu, response, on_host);

  EXPECT_TRUE(same_bits(on_host, pass_over(smoothed, 0.2f)));
}

TEST(Tubeness, empty_volume_has_an_empty_response) {
  EXPECT_EQ(tubeness_of(random_values({0, 3, 3}, isotropic), {0.2f}).voxels().size(), 0);
}

TEST(Tubeness, wrong_arguments_are_refused) {
  Volume<float> values = random_values({3, 4, 5}, isotropic);
  Volume<float> other(MemorySpace::host, {3, 4, 6}, isotropic);

  EXPECT_THROW(tubeness_of(values, {}), InvalidArgument);
  EXPECT_THROW(tubeness_of(values, {0.2f, 0.0f}), InvalidArgument);
  EXPECT_THROW(tubeness_of(values, {-1.0f}), InvalidArgument);
  EXPECT_THROW(raise_to_tubeness(cpu_exec, std::as_const(values).view(), 1, other.view()),
               InvalidArgument);
  EXPECT_THROW(tubeness(cpu_exec, std::as_const(values).view(), {}, {}, values.view()),
               InvalidArgument);
}

}  // namespace
}  // namespace bramble
