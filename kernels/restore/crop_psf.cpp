#include "kernels/restore/crop_psf.hpp"

#include "kernels/restore/psf_grid.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace bramble {

namespace {

// Voxels on each side of the middle, by axis: z, y, x.
using Half = std::array<int, 3>;

Half half_within(Extent extent, Extent image) {
  const auto limited = [](int size, int image_size) {
    return image_size > 0 ? std::min(size / 2, image_size - 1) : size / 2;
  };
  return {limited(extent.z, image.z), limited(extent.y, image.y), limited(extent.x, image.x)};
}

// The box from low to high, both included.
struct Box {
  Half low;
  Half high;
};

double energy_in(VolumeView<const float> psf, const Box& box) {
  const Voxel middle = middle_of(psf.extent);
  double sum = 0;
  for (int z = box.low[0]; z <= box.high[0]; ++z) {
    for (int y = box.low[1]; y <= box.high[1]; ++y) {
      for (int x = box.low[2]; x <= box.high[2]; ++x) {
        sum += static_cast<double>(psf(middle.z + z, middle.y + y, middle.x + x));
      }
    }
  }
  return sum;
}

Box box_around_middle(const Half& half) { return {{-half[0], -half[1], -half[2]}, half}; }

double energy_of_faces(VolumeView<const float> psf, const Half& half, std::size_t axis) {
  Box face = box_around_middle(half);
  face.low[axis] = half[axis];
  double sum = energy_in(psf, face);
  face.low[axis] = face.high[axis] = -half[axis];
  sum += energy_in(psf, face);
  return sum;
}

// Takes faces away until no pair can go any more.
Half shrink(VolumeView<const float> psf, Half half, double energy_to_keep) {
  double energy = energy_in(psf, box_around_middle(half));
  while (true) {
    std::size_t best_axis = half.size();
    double best_density = std::numeric_limits<double>::infinity();
    double best_energy = 0;
    for (std::size_t axis = 0; axis < half.size(); ++axis) {
      if (half[axis] == 0) {
        continue;
      }
      const double face_energy = energy_of_faces(psf, half, axis);
      double face_voxels = 2;
      for (std::size_t other = 0; other < half.size(); ++other) {
        face_voxels *= other == axis ? 1 : 2 * half[other] + 1;
      }
      if (face_energy / face_voxels < best_density) {
        best_density = face_energy / face_voxels;
        best_energy = face_energy;
        best_axis = axis;
      }
    }
    if (best_axis == half.size() || energy - best_energy < energy_to_keep) {
      return half;
    }
    energy -= best_energy;
    --half[best_axis];
  }
}

}  // namespace

CroppedPsf crop_psf(const Volume<float>& psf, const CropPsfParams& params) {
  const Extent extent = psf.extent();
  require(extent.z % 2 == 1 && extent.y % 2 == 1 && extent.x % 2 == 1,
          "a PSF to be cropped has an odd extent");
  require(params.energy_frac > 0 && params.energy_frac <= 1,
          "the fraction of a PSF's energy to keep must be above 0 and at most 1");
  const Half limit = half_within(extent, params.image);
  const double energy = energy_in(psf.view(), box_around_middle(limit));
  const Half half =
      params.energy_frac < 1
          ? shrink(psf.view(), limit, static_cast<double>(params.energy_frac) * energy)
          : limit;
  CroppedPsf cropped;
  cropped.psf.reshape({2 * half[0] + 1, 2 * half[1] + 1, 2 * half[2] + 1}, psf.spacing());
  const Voxel middle = middle_of(extent);
  float* value = cropped.psf.voxels().data();
  for (int z = -half[0]; z <= half[0]; ++z) {
    for (int y = -half[1]; y <= half[1]; ++y) {
      for (int x = -half[2]; x <= half[2]; ++x) {
        *value++ = psf.view()(middle.z + z, middle.y + y, middle.x + x);
      }
    }
  }
  cropped.energy_frac = energy_in(psf.view(), box_around_middle(half)) / sum_of(psf.view());
  make_sum_one(cropped.psf.view());
  return cropped;
}

}  // namespace bramble
