#include "tests/kernels/restore/deconvolution_cases.hpp"

#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <utility>

namespace bramble {

namespace {

void normalise(Volume<float>& psf) {
  const double sum = total(psf);
  for (float& value : psf.voxels()) {
    value = static_cast<float>(static_cast<double>(value) / sum);
  }
}

}  // namespace

Volume<float> leaning_psf(Extent extent, double sigma_z, double sigma_xy, double lean) {
  Volume<float> psf(MemorySpace::host, extent, case_spacing);
  for (std::int64_t i = 0; i < extent.num_voxels(); ++i) {
    const Voxel v = extent.voxel(i);
    const double z = v.z - extent.z / 2;
    const double y = v.y - extent.y / 2;
    const double x = v.x - extent.x / 2 - lean * z;
    psf.voxels()[i] = static_cast<float>(
        std::exp(-z * z / (2 * sigma_z * sigma_z) - (y * y + x * x) / (2 * sigma_xy * sigma_xy)));
  }
  normalise(psf);
  return psf;
}

Volume<float> lopsided_psf() {
  const float z_factor[] = {1, 4, 2};
  const float y_factor[] = {0, 5, 3};
  const float x_factor[] = {1, 2, 6, 1, 0.5f};
  Volume<float> psf(MemorySpace::host, {3, 3, 5}, case_spacing);
  for (std::int64_t i = 0; i < psf.voxels().size(); ++i) {
    const Voxel v = psf.extent().voxel(i);
    psf.voxels()[i] = z_factor[v.z] * y_factor[v.y] * x_factor[v.x];
  }
  normalise(psf);
  return psf;
}

Volume<float> convolved(const Volume<float>& object, const Volume<float>& psf) {
  Volume<float> image(MemorySpace::host, object.extent(), object.spacing());
  const Extent size = psf.extent();
  for (std::int64_t i = 0; i < image.voxels().size(); ++i) {
    const Voxel v = object.extent().voxel(i);
    double sum = 0;
    for (std::int64_t j = 0; j < psf.voxels().size(); ++j) {
      const Voxel k = size.voxel(j);
      const Voxel from{v.z - k.z + size.z / 2, v.y - k.y + size.y / 2, v.x - k.x + size.x / 2};
      if (object.extent().contains(from)) {
        sum += static_cast<double>(psf.voxels()[j]) * static_cast<double>(object.view()(from));
      }
    }
    image.voxels()[i] = static_cast<float>(sum);
  }
  return image;
}

Volume<float> constant(Extent extent, float value) {
  Volume<float> volume(MemorySpace::host, extent, case_spacing);
  std::fill(volume.voxels().begin(), volume.voxels().end(), value);
  return volume;
}

double total(const Volume<float>& volume) {
  return std::accumulate(volume.voxels().begin(), volume.voxels().end(), 0.0);
}

double relative_distance(const Volume<float>& found, const Volume<float>& expected) {
  double difference = 0;
  double norm = 0;
  for (std::int64_t i = 0; i < expected.voxels().size(); ++i) {
    const auto value = static_cast<double>(expected.voxels()[i]);
    difference += std::pow(static_cast<double>(found.voxels()[i]) - value, 2);
    norm += value * value;
  }
  return std::sqrt(difference / norm);
}

Volume<float> blurred_beads(const Volume<float>& psf) {
  Volume<float> object = constant({9, 22, 27}, 0);
  object.view()(4, 10, 8) = 900;
  object.view()(5, 12, 18) = 1800;
  object.view()(3, 15, 12) = 500;
  return convolved(object, psf);
}

Volume<float> poisson(const Volume<float>& expected, unsigned seed) {
  std::mt19937 generator(seed);
  Volume<float> photons(MemorySpace::host, expected.extent(), expected.spacing());
  for (std::int64_t i = 0; i < photons.voxels().size(); ++i) {
    std::poisson_distribution<int> draw(static_cast<double>(expected.voxels()[i]));
    photons.voxels()[i] = static_cast<float>(draw(generator));
  }
  return photons;
}

Volume<float> threads(Extent extent) {
  Volume<float> object = constant(extent, 0);
  const auto light = [&](Voxel v, float value) {
    if (extent.contains(v)) {
      object.view()(v) = value;
    }
  };
  for (int x = 0; x < extent.x; ++x) {
    const int y = extent.y / 2 + static_cast<int>(std::lround(6 * std::sin(0.15 * x)));
    const int z = extent.z / 2 + static_cast<int>(std::lround(2 * std::cos(0.1 * x)));
    light({z, y, x}, 1);
    light({z, y + 1, x}, 1);
    if (x % 7 == 3) {
      light({z, y + 5, x}, 0.8f);  // a head beside the thread
    }
  }
  return object;
}

PhotonData photon_data(const Volume<float>& photons, const BackgroundField& background) {
  return {.counts = photons.view(),
          .background = background,
          .part = photons.extent(),
          .saturation_counts = std::numeric_limits<float>::infinity()};
}

Restored restore_photons(Deconvolver& deconvolver, const Volume<float>& photons,
                         const DeconvolutionParams& params, const PhotonScale& scale,
                         const BackgroundField& background, const HeldOut* held_out) {
  Restored result{Volume<float>(MemorySpace::host, photons.extent(), photons.spacing()), {}};
  result.report = deconvolver.restore(cpu_exec, photons.view(), scale, background,
                                      result.photons.view(), params, held_out);
  return result;
}

}  // namespace bramble
