#include "kernels/core/fft.hpp"

#include "kernels/core/error.hpp"
#include "kernels/core/fft_size.hpp"
#include "kernels/core/memory.hpp"
#include "tests/kernels/execs.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <thread>
#include <vector>

namespace bramble {
namespace {

Array<float> random_values(Extent extent, unsigned seed) {
  Array<float> values(MemorySpace::host, extent.num_voxels());
  std::mt19937 generator(seed);
  for (float& value : values) {
    value = static_cast<float>(generator() % 1000) / 1000 - 0.3f;
  }
  return values;
}

Array<Complex> spectrum_of(const Fft3d& fft, const Array<float>& values) {
  Array<Complex> spectrum(MemorySpace::host, fft.spectrum_extent().num_voxels());
  fft.forward(cpu_exec, values.data(), spectrum.data());
  return spectrum;
}

TEST(FastFftSize, is_seven_smooth_and_no_power_of_two) {
  EXPECT_EQ(fast_fft_size(1), 1);
  EXPECT_EQ(fast_fft_size(8), 9);
  EXPECT_EQ(fast_fft_size(11), 12);
  EXPECT_EQ(fast_fft_size(512), 525);
  EXPECT_EQ(fast_fft_size(1050), 1050);
}

TEST(FastFftSize, row_is_also_a_multiple_of_eight) {
  EXPECT_EQ(fast_fft_row_size(1), 24);
  EXPECT_EQ(fast_fft_row_size(1025), 1080);
}

TEST(Fft3d, agrees_with_the_definition) {
  const Extent extent{3, 5, 24};
  const Array<float> values = random_values(extent, 1);
  const Fft3d fft(cpu_exec, extent);

  const Array<Complex> spectrum = spectrum_of(fft, values);

  const Extent pitch = fft.spectrum_extent();
  for (const Voxel k : {Voxel{0, 0, 0}, Voxel{1, 0, 3}, Voxel{2, 4, 12}, Voxel{1, 2, 7}}) {
    double re = 0;
    double im = 0;
    for (std::int64_t i = 0; i < extent.num_voxels(); ++i) {
      const Voxel v = extent.voxel(i);
      const double turns = static_cast<double>(k.z * v.z) / extent.z +
                           static_cast<double>(k.y * v.y) / extent.y +
                           static_cast<double>(k.x * v.x) / extent.x;
      re += static_cast<double>(values[i]) * std::cos(2 * std::numbers::pi * turns);
      im -= static_cast<double>(values[i]) * std::sin(2 * std::numbers::pi * turns);
    }
    EXPECT_NEAR(spectrum[pitch.index(k)].re, re, 1e-4);
    EXPECT_NEAR(spectrum[pitch.index(k)].im, im, 1e-4);
  }
}

TEST(Fft3d, inverse_of_forward_is_n_times_the_input) {
  for (const Extent extent :
       {Extent{1, 1, 24}, Extent{1, 6, 40}, Extent{7, 9, 24}, Extent{12, 1, 48}}) {
    const Array<float> values = random_values(extent, 2);
    const Fft3d fft(cpu_exec, extent);
    Array<Complex> spectrum = spectrum_of(fft, values);
    Array<float> back(MemorySpace::host, values.size());

    fft.inverse(cpu_exec, spectrum.data(), back.data());

    for (std::int64_t i = 0; i < values.size(); ++i) {
      EXPECT_NEAR(back[i] / static_cast<float>(extent.num_voxels()), values[i], 1e-5);
    }
  }
}

TEST(Fft3d, forward_preserves_its_input) {
  const Extent extent{6, 7, 24};
  const Array<float> values = random_values(extent, 3);
  const Array<float> same = random_values(extent, 3);

  spectrum_of(Fft3d(cpu_exec, extent), values);

  EXPECT_TRUE(std::equal(values.begin(), values.end(), same.begin()));
}

TEST(Fft3d, same_bits_for_any_number_of_threads) {
  const Extent extent{10, 35, 72};
  const Array<float> values = random_values(extent, 4);
  const int threads = omp_get_max_threads();
  std::vector<Array<Complex>> spectra;
  for (const int n : {1, 2, 3}) {
    omp_set_num_threads(n);
    spectra.push_back(spectrum_of(Fft3d(cpu_exec, extent), values));
  }
  omp_set_num_threads(threads);

  const Extent pitch = Fft3d::spectrum_extent_of(extent);
  for (std::int64_t i = 0; i < spectra[0].size(); ++i) {
    if (pitch.voxel(i).x > extent.x / 2) {
      continue;
    }
    ASSERT_EQ(spectra[0][i].re, spectra[1][i].re);
    ASSERT_EQ(spectra[0][i].im, spectra[2][i].im);
  }
}

// The first three planes of a volume, convolved in parts and by whole transforms of the same volume
// with zeros in its other planes.
void expect_parts_to_agree(Transfer kind, FftPlanning planning) {
  const Extent extent{10, 9, 24};
  constexpr int planes_read = 3;
  constexpr int planes_written = 7;
  const std::int64_t plane = std::int64_t{extent.y} * extent.x;
  const Fft3d fft(cpu_exec, extent, planning);
  const Array<Complex> transfer = spectrum_of(fft, random_values(extent, 5));
  Array<float> values = random_values(extent, 6);
  std::fill(values.begin() + planes_read * plane, values.end(), 0.0f);
  Array<Complex> spectrum = spectrum_of(fft, values);
  for (std::int64_t i = 0; i < spectrum.size(); ++i) {
    spectrum[i] =
        multiply(spectrum[i], kind == Transfer::direct ? transfer[i] : conjugate(transfer[i]));
  }
  Array<float> expected(MemorySpace::host, extent.num_voxels());
  fft.inverse(cpu_exec, spectrum.data(), expected.data());

  const std::int64_t spectrum_plane = spectrum.size() / extent.z;
  std::fill(spectrum.begin(), spectrum.end(), Complex{7, 7});
  Array<float> found(MemorySpace::host, plane);
  for (int z = 0; z < planes_read; ++z) {
    fft.forward_plane(values.data() + z * plane, spectrum.data() + z * spectrum_plane);
  }
  fft.filter_columns(spectrum.data(), transfer.data(), {kind, planes_read, planes_written});

  for (int z = 0; z < planes_written; ++z) {
    fft.inverse_plane(spectrum.data() + z * spectrum_plane, found.data());
    for (std::int64_t i = 0; i < plane; ++i) {
      ASSERT_NEAR(found[i], expected[z * plane + i], 1.0f) << z;  // of values up to 1e5
    }
  }
  EXPECT_EQ(spectrum[spectrum.size() - 1].re, 7);
}

TEST(Fft3d, parts_of_a_convolution_agree_with_whole_transforms) {
  expect_parts_to_agree(Transfer::direct, FftPlanning::estimate);
  expect_parts_to_agree(Transfer::conjugate, FftPlanning::estimate);
  expect_parts_to_agree(Transfer::direct, FftPlanning::measure);
}

TEST(Fft3d, a_shape_is_planned_once_in_a_process) {
  const Extent extent{11, 13, 40};
  const Array<float> values = random_values(extent, 7);
  const std::int64_t before = Fft3d::num_planned();

  const Array<Complex> first = spectrum_of(Fft3d(cpu_exec, extent), values);
  const Array<Complex> second = spectrum_of(Fft3d(cpu_exec, extent), values);
  const std::int64_t after_one_shape = Fft3d::num_planned();
  const Fft3d measured(cpu_exec, extent, FftPlanning::measure);
  const Fft3d other_shape(cpu_exec, {11, 13, 48});

  EXPECT_EQ(after_one_shape, before + 1);
  EXPECT_EQ(Fft3d::num_planned(), before + 3);
  const Extent pitch = Fft3d::spectrum_extent_of(extent);
  for (std::int64_t i = 0; i < first.size(); ++i) {
    if (pitch.voxel(i).x <= extent.x / 2) {
      ASSERT_EQ(first[i].re, second[i].re);
      ASSERT_EQ(first[i].im, second[i].im);
    }
  }
}

TEST(Fft3d, threads_that_plan_the_same_shape_at_once_share_its_plans) {
  const Extent extent{5, 6, 72};
  const Array<float> values = random_values(extent, 8);
  const std::int64_t before = Fft3d::num_planned();
  std::vector<Array<Complex>> spectra(4);
  std::vector<std::thread> threads;

  for (Array<Complex>& spectrum : spectra) {
    threads.emplace_back([&] { spectrum = spectrum_of(Fft3d(cpu_exec, extent), values); });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }

  EXPECT_EQ(Fft3d::num_planned(), before + 1);
  for (const Array<Complex>& spectrum : spectra) {
    EXPECT_EQ(spectrum[3].re, spectra[0][3].re);
  }
}

TEST(Fft3d, row_that_is_no_multiple_of_eight_is_refused) {
  EXPECT_THROW(Fft3d(cpu_exec, {4, 4, 20}), InvalidArgument);
  EXPECT_THROW(Fft3d(cpu_exec, {0, 4, 24}), InvalidArgument);
}

TEST(Fft3d, gpu_agrees_with_cpu) {
  BRAMBLE_CUDA_EXEC_OR_SKIP(gpu);
  const Extent extent{10, 35, 72};
  const Array<float> values = random_values(extent, 5);
  const Array<Complex> expected = spectrum_of(Fft3d(cpu_exec, extent), values);
  const Fft3d fft(gpu, extent);
  Array<float> real(MemorySpace::device);
  copy(gpu, values, real);
  Array<Complex> spectrum(MemorySpace::device, expected.size());

  fft.forward(gpu, real.data(), spectrum.data());

  Array<Complex> found;
  copy(gpu, spectrum, found);
  const Extent pitch = fft.spectrum_extent();
  // Sum of N values of at most 1, each rounded a few times: N ulp is far above what may differ.
  const float tolerance = static_cast<float>(extent.num_voxels()) * 6e-8f;
  for (std::int64_t i = 0; i < found.size(); ++i) {
    if (pitch.voxel(i).x <= extent.x / 2) {
      ASSERT_NEAR(found[i].re, expected[i].re, tolerance);
      ASSERT_NEAR(found[i].im, expected[i].im, tolerance);
    }
  }
}

}  // namespace
}  // namespace bramble
