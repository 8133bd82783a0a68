#include "kernels/restore/separable_engine.hpp"

#include "kernels/core/fill.hpp"
#include "kernels/core/for_each_voxel.hpp"
#include "kernels/restore/axis_blur.hpp"
#include "kernels/restore/weighted_rows.hpp"

#include <omp.h>

#include <algorithm>

namespace bramble {

SeparableEngine::SeparableEngine(const Exec& exec, Extent part, Spacing spacing,
                                 const SeparablePsf& psf)
    : part_(part),
      along_z_(taps_of(psf.z)),
      along_y_(taps_of(psf.y)),
      along_x_(taps_of(psf.x)),
      seen_z_(seen_along(exec, along_z_, part.z)),
      seen_y_(seen_along(exec, along_y_, part.y)),
      seen_x_(seen_along(exec, along_x_, part.x)),
      estimate_(exec.space()),
      prediction_(exec.space()),
      in_plane_(exec.space()),
      damping_(exec.space()),
      between_(exec.space()) {
  const Extent extended{part.z + along_z_.num_taps - 1, part.y + along_y_.num_taps - 1,
                        part.x + along_x_.num_taps - 1};
  estimate_.reshape(extended, spacing);
  prediction_.reshape(extended, spacing);
  // On the CPU a row more, so that the rows that the blur along z adds up do not lie a power of two
  // apart, in the same sets of the cache.
  const int rows = exec.backend == Backend::cpu ? part.y + 1 : part.y;
  in_plane_.reshape({extended.z, rows, part.x}, spacing);
  if (exec.backend == Backend::cuda) {
    between_.reshape({extended.z, extended.y, part.x}, spacing);
  }
}

std::int64_t SeparableEngine::num_bytes() const noexcept {
  std::int64_t num_floats = seen_z_.size() + seen_y_.size() + seen_x_.size();
  for (const Volume<float>* volume : {&estimate_, &prediction_, &in_plane_, &damping_, &between_}) {
    num_floats += volume->voxels().size();
  }
  for (const Array<float>& scratch : scratch_) {
    num_floats += scratch.size();
  }
  return num_floats * static_cast<std::int64_t>(sizeof(float));
}

// What a thread holds of a plane in sweep_planes: a staged row with zeros on both sides, the
// correction of one row, and rings of the last rows, as many as taps along y.
struct SeparableEngine::Scratch {
  float* staged;
  float* correction;
  float* wide_rows;    // as long as the object's
  float* narrow_rows;  // as long as the image's
  int num_rows;
  int wide;
  int narrow;

  Scratch(float* memory, int rows, int wide_size, int narrow_size)
      : staged(memory),
        correction(staged + 2 * std::int64_t{wide_size}),
        wide_rows(correction + wide_size),
        narrow_rows(wide_rows + std::int64_t{rows} * wide_size),
        num_rows(rows),
        wide(wide_size),
        narrow(narrow_size) {
    std::fill(staged, correction, 0.0f);
  }

  static std::int64_t size(int rows, int wide, int narrow) {
    return 3 * std::int64_t{wide} + std::int64_t{rows} * (wide + narrow);
  }
  float* wide_row(int y) const { return wide_rows + std::int64_t{y % num_rows} * wide; }
  float* narrow_row(int y) const { return narrow_rows + std::int64_t{y % num_rows} * narrow; }
};

void SeparableEngine::allocate_scratch() {
  const std::int64_t size =
      std::max(Scratch::size(along_y_.num_taps, estimate_.extent().x, part_.x),
               std::int64_t{part_.z} * part_.x);
  while (static_cast<int>(scratch_.size()) < omp_get_max_threads()) {
    scratch_.emplace_back(MemorySpace::host, size);
  }
}

// Transposed blur in x, then y, of the ratio into row y of the object.
void SeparableEngine::transpose_row(int z, int y, const Scratch& scratch) const {
  const float* rows[Taps::max_taps];
  if (y < part_.y) {
    float* middle = scratch.staged + along_x_.num_taps - 1;
    std::copy_n(&in_plane_.view()(z, y, 0), part_.x, middle);
    for (int j = 0; j < along_x_.num_taps; ++j) {
      rows[j] = middle - j;
    }
    weighted_rows(along_x_.num_taps, rows, along_x_.tap, scratch.wide_row(y), scratch.wide);
  }
  const int first = std::max(0, y - part_.y + 1);
  const int last = std::min(y, along_y_.num_taps - 1);
  for (int j = first; j <= last; ++j) {
    rows[j - first] = scratch.wide_row(y - j);
  }
  weighted_rows(last - first + 1, rows, along_y_.tap + first, scratch.correction, scratch.wide);
}

void SeparableEngine::advance_row(int z, int y, const AdvanceEstimate& step, const float* damping,
                                  const float* correction) {
  const AdvanceEstimate advance = step;
  const float seen_zy = seen_z_[z] * seen_y_[y];
  const float* seen_x = seen_x_.data();
  float* estimate = &estimate_.view()(z, y, 0);
  float* prediction = &prediction_.view()(z, y, 0);
  const int size = estimate_.extent().x;
  if (damping == nullptr) {
    for (int x = 0; x < size; ++x) {
      advance(correction[x], seen_zy * seen_x[x], 1.0f, estimate[x], prediction[x]);
    }
    return;
  }
  const float* damp = damping + estimate_.extent().index({z, y, 0});
  for (int x = 0; x < size; ++x) {
    advance(correction[x], seen_zy * seen_x[x], damp[x], estimate[x], prediction[x]);
  }
}

// Blur in x of the prediction's row y, then in y of the rows up to it.
void SeparableEngine::blur_row(int z, int y, const Scratch& scratch) {
  const float* rows[Taps::max_taps];
  const float* prediction = &prediction_.view()(z, y, 0);
  for (int j = 0; j < along_x_.num_taps; ++j) {
    rows[j] = prediction + j;
  }
  weighted_rows(along_x_.num_taps, rows, along_x_.tap, scratch.narrow_row(y), part_.x);
  const int done = y - along_y_.num_taps + 1;
  if (done < 0) {
    return;
  }
  for (int j = 0; j < along_y_.num_taps; ++j) {
    rows[j] = scratch.narrow_row(done + j);
  }
  weighted_rows(along_y_.num_taps, rows, along_y_.tap, &in_plane_.view()(z, done, 0), part_.x);
}

// Once through each plane: with a step, transposed blur of the ratio and step; then the blur of the
// prediction. Row y of in_plane is read when row y of the object is reached and written two radii
// later, so one volume serves both.
void SeparableEngine::sweep_planes(const AdvanceEstimate* step, const float* damping) {
  allocate_scratch();
  const Extent extended = estimate_.extent();
#pragma omp parallel
  {
    const Scratch scratch(scratch_[static_cast<std::size_t>(omp_get_thread_num())].data(),
                          along_y_.num_taps, extended.x, part_.x);
#pragma omp for schedule(static)
    for (int z = 0; z < extended.z; ++z) {
      for (int y = 0; y < extended.y; ++y) {
        if (step != nullptr) {
          transpose_row(z, y, scratch);
          advance_row(z, y, *step, damping, scratch.correction);
        }
        blur_row(z, y, scratch);
      }
    }
  }
}

// All planes of one row y: blur in z, ratio, transposed blur in z, in place.
void SeparableEngine::compare_slab(int y, const CompareModel& comparison, float* scratch) {
  const VolumeView<float> in_plane = in_plane_.view();
  const float* rows[Taps::max_taps];
  for (int z = 0; z < part_.z; ++z) {
    float* row = scratch + std::int64_t{z} * part_.x;
    for (int j = 0; j < along_z_.num_taps; ++j) {
      rows[j] = &in_plane(z + j, y, 0);
    }
    weighted_rows(along_z_.num_taps, rows, along_z_.tap, row, part_.x);
    if (comparison.sums != nullptr) {
      comparison.add(y, {z, y, 0}, part_.x, row);
    }
    comparison.divide({z, y, 0}, part_.x, row);
  }
  for (int z = 0; z < in_plane.extent.z; ++z) {
    const int first = std::max(0, z - part_.z + 1);
    const int last = std::min(z, along_z_.num_taps - 1);
    for (int j = first; j <= last; ++j) {
      rows[j - first] = scratch + std::int64_t{z - j} * part_.x;
    }
    weighted_rows(last - first + 1, rows, along_z_.tap + first, &in_plane(z, y, 0), part_.x);
  }
}

// The GPU's blur of the prediction in x, then y.
void SeparableEngine::blur_in_plane(const Exec& exec) {
  const Extent extended = estimate_.extent();
  between_.reshape({extended.z, extended.y, part_.x}, estimate_.spacing());
  for_each_voxel(exec, between_.extent(),
                 DirectVoxel{{prediction_.view(), 1, extended.x, along_x_}, between_.view()});
  for_each_voxel(exec, in_plane_.extent(),
                 DirectVoxel{{between_.view(), part_.x, extended.y, along_y_}, in_plane_.view()});
}

void SeparableEngine::start(const Exec& exec, float value) {
  fill(exec, estimate_.view(), value);
  fill(exec, prediction_.view(), value);
  if (exec.backend == Backend::cpu) {
    sweep_planes(nullptr, nullptr);
    return;
  }
  blur_in_plane(exec);
}

void SeparableEngine::compare(const Exec& exec, const CompareModel& comparison) {
  if (exec.backend == Backend::cpu) {
    allocate_scratch();
#pragma omp parallel for schedule(static)
    for (int y = 0; y < part_.y; ++y) {
      compare_slab(y, comparison, scratch_[static_cast<std::size_t>(omp_get_thread_num())].data());
    }
    return;
  }
  between_.reshape(part_, estimate_.spacing());
  const std::int64_t plane = std::int64_t{part_.y} * part_.x;
  const AxisBlur blur{in_plane_.view(), plane, in_plane_.extent().z, along_z_};
  if (comparison.sums != nullptr) {
    for_each_voxel(exec, part_, DirectVoxel{blur, between_.view()});
    for_each_row_part(exec, Extent{part_.z, 1, part_.x}, AddPlanes{comparison, between_.view()});
  }
  for_each_voxel(exec, part_, ModelOfVoxel{blur, comparison, between_.view()});
  for_each_voxel(
      exec, in_plane_.extent(),
      TransposedVoxel{{between_.view(), plane, part_.z, along_z_}, in_plane_.view(), true});
}

void SeparableEngine::advance(const Exec& exec, const AdvanceEstimate& step,
                              const std::optional<TotalVariationParams>& total_variation) {
  const float* damping = nullptr;
  if (total_variation) {
    damping_.reshape(prediction_.extent(), prediction_.spacing());
    total_variation_damping(exec, prediction_.view(), damping_.view(), *total_variation);
    damping = damping_.view().data;
  }
  if (exec.backend == Backend::cpu) {
    sweep_planes(&step, damping);
    return;
  }
  const Extent extended = estimate_.extent();
  between_.reshape({extended.z, extended.y, part_.x}, estimate_.spacing());
  for_each_voxel(
      exec, between_.extent(),
      TransposedVoxel{{in_plane_.view(), part_.x, part_.y, along_y_}, between_.view(), false});
  for_each_voxel(exec, extended,
                 AdvanceVoxel{step,
                              {between_.view(), 1, part_.x, along_x_},
                              estimate_.view(),
                              prediction_.view(),
                              seen_z_.data(),
                              seen_y_.data(),
                              seen_x_.data(),
                              damping});
  blur_in_plane(exec);
}

}  // namespace bramble
