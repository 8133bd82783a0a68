#include "kernels/restore/deconvolution.hpp"
#include "tests/kernels/restore/deconvolution_cases.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

// Both engines against the formulae of the header, written out.
namespace bramble {
namespace {

constexpr auto plain = DeconvolutionMethod::richardson_lucy;
constexpr auto heavy_ball = DeconvolutionMethod::scaled_heavy_ball;

// What the header says, in double and without padding tricks: the object reaches a radius past the
// image on all sides.
class Oracle {
 public:
  Oracle(const Volume<float>& psf, Extent image) : psf_(psf), image_(image) {
    const Extent size = psf.extent();
    object_ = {image.z + size.z - 1, image.y + size.y - 1, image.x + size.x - 1};
  }

  std::vector<double> restored(const std::vector<double>& data, double background, double start,
                               int iterations, bool has_momentum) const {
    const std::vector<double> seen = transposed(std::vector<double>(data.size(), 1.0));
    std::vector<double> x(static_cast<std::size_t>(object_.num_voxels()), start);
    std::vector<double> p = x;
    for (int k = 1; k <= iterations; ++k) {
      std::vector<double> ratio = blurred(p);
      for (std::size_t i = 0; i < ratio.size(); ++i) {
        ratio[i] = data[i] / (ratio[i] + background);
      }
      const std::vector<double> correction = transposed(ratio);
      const double a = has_momentum && k < iterations ? (k - 1.0) / (k + 2.0) : 0;
      for (std::size_t i = 0; i < x.size(); ++i) {
        const double factor = seen[i] > 0.01 ? correction[i] / seen[i] : 1;
        const double next = std::max(p[i] * factor, 1e-3);
        p[i] = std::max(next + a * (next - x[i]), 1e-3);
        x[i] = next;
      }
    }
    return cropped(x);
  }

 private:
  template <class Body>
  void for_each_pair(const Body& body) const {
    for (std::int64_t i = 0; i < image_.num_voxels(); ++i) {
      const Voxel v = image_.voxel(i);
      for (std::int64_t j = 0; j < psf_.voxels().size(); ++j) {
        const Voxel k = psf_.extent().voxel(j);
        const Voxel from{v.z + psf_.extent().z - 1 - k.z, v.y + psf_.extent().y - 1 - k.y,
                         v.x + psf_.extent().x - 1 - k.x};
        body(static_cast<std::size_t>(i), static_cast<std::size_t>(object_.index(from)),
             static_cast<double>(psf_.voxels()[j]));
      }
    }
  }
  std::vector<double> blurred(const std::vector<double>& object) const {
    std::vector<double> image(static_cast<std::size_t>(image_.num_voxels()), 0.0);
    for_each_pair(
        [&](std::size_t i, std::size_t from, double weight) { image[i] += weight * object[from]; });
    return image;
  }
  std::vector<double> transposed(const std::vector<double>& image) const {
    std::vector<double> object(static_cast<std::size_t>(object_.num_voxels()), 0.0);
    for_each_pair(
        [&](std::size_t i, std::size_t from, double weight) { object[from] += weight * image[i]; });
    return object;
  }
  std::vector<double> cropped(const std::vector<double>& object) const {
    std::vector<double> image;
    for (std::int64_t i = 0; i < image_.num_voxels(); ++i) {
      const Voxel v = image_.voxel(i);
      const Voxel from{v.z + psf_.extent().z / 2, v.y + psf_.extent().y / 2,
                       v.x + psf_.extent().x / 2};
      image.push_back(object[static_cast<std::size_t>(object_.index(from))]);
    }
    return image;
  }

  const Volume<float>& psf_;
  Extent image_;
  Extent object_;
};

// The largest difference to the oracle over `iterations` steps from noisy data on a background
// of 2.
double distance_to_oracle(const Volume<float>& psf, int iterations, DeconvolutionMethod method) {
  Volume<float> expected = constant({5, 7, 9}, 2);
  expected.view()(2, 3, 4) = 200;
  expected.view()(1, 0, 8) = 90;
  const Volume<float> photons = poisson(convolved(expected, psf), 3);
  const std::vector<double> data(photons.voxels().begin(), photons.voxels().end());
  const Volume<float> node = constant({1, 1, 1}, 2);
  Deconvolver deconvolver(cpu_exec, photons.extent(), psf);

  const Restored found = restore_photons(
      deconvolver, photons, {.method = method, .iterations = iterations}, {}, {node.view(), 1, 1});

  const double start =
      std::max(1e-3, total(photons) / static_cast<double>(photons.voxels().size()) - 2);
  const std::vector<double> oracle =
      Oracle(psf, photons.extent()).restored(data, 2, start, iterations, method == heavy_ball);
  double largest = 0;
  for (std::size_t i = 0; i < oracle.size(); ++i) {
    const double difference =
        static_cast<double>(found.photons.voxels()[static_cast<std::int64_t>(i)]) - oracle[i];
    largest = std::max(largest, std::abs(difference) / (1 + oracle[i]));
  }
  return largest;
}

TEST(Deconvolver, steps_of_the_fourier_engine_are_those_of_the_formula) {
  const Volume<float> psf = leaning_psf({5, 5, 7}, 1.0, 1.2, 0.5);

  EXPECT_LT(distance_to_oracle(psf, 0, heavy_ball), 1e-5);
  EXPECT_LT(distance_to_oracle(psf, 1, heavy_ball), 1e-5);
  EXPECT_LT(distance_to_oracle(psf, 5, heavy_ball), 1e-4);
  EXPECT_LT(distance_to_oracle(psf, 5, plain), 1e-4);
}

TEST(Deconvolver, steps_of_the_real_space_engine_are_those_of_the_formula) {
  const Volume<float> psf = lopsided_psf();

  EXPECT_LT(distance_to_oracle(psf, 0, heavy_ball), 1e-5);
  EXPECT_LT(distance_to_oracle(psf, 1, heavy_ball), 1e-5);
  EXPECT_LT(distance_to_oracle(psf, 5, heavy_ball), 1e-4);
  EXPECT_LT(distance_to_oracle(psf, 5, plain), 1e-4);
}

TEST(Deconvolver, psf_taller_than_the_stack_follows_the_formula) {
  const Volume<float> separable = leaning_psf({13, 5, 5}, 2.0, 1.0, 0);
  const Volume<float> leaning = leaning_psf({13, 5, 5}, 2.0, 1.0, 0.3);

  EXPECT_LT(distance_to_oracle(separable, 4, heavy_ball), 1e-4);
  EXPECT_LT(distance_to_oracle(leaning, 4, heavy_ball), 1e-4);
}

}  // namespace
}  // namespace bramble
