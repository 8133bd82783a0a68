#include "kernels/restore/separable_engine.hpp"

#include "kernels/core/fill.hpp"
#include "kernels/core/for_each_voxel.hpp"
#include "kernels/core/for_each_walk.hpp"
#include "kernels/restore/axis_blur.hpp"
#include "kernels/restore/axis_walk.hpp"
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
      model_(exec.space()) {
  const Extent extended{part.z + along_z_.num_taps - 1, part.y + along_y_.num_taps - 1,
                        part.x + along_x_.num_taps - 1};
  estimate_.reshape(extended, spacing);
  prediction_.reshape(extended, spacing);
  // On the CPU a row more, so that the rows that the blur along z adds up do not lie a power of two
  // apart, in the same sets of the cache.
  const int rows = exec.backend == Backend::cpu ? part.y + 1 : part.y;
  in_plane_.reshape({extended.z, rows, part.x}, spacing);
}

std::int64_t SeparableEngine::num_bytes() const noexcept {
  std::int64_t num_floats = seen_z_.size() + seen_y_.size() + seen_x_.size();
  for (const Volume<float>* volume : {&estimate_, &prediction_, &in_plane_, &damping_, &model_}) {
    num_floats += volume->voxels().size();
  }
  for (const Array<float>& scratch : scratch_) {
    num_floats += scratch.size();
  }
  return num_floats * static_cast<std::int64_t>(sizeof(float));
}

// What a thread holds of a plane in sweep_planes: a staged row with zeros on both sides, the
// corrections of two rows, and rings of the last rows, one more than taps along y.
struct SeparableEngine::Scratch {
  float* staged;
  float* corrections;
  float* wide_rows;    // as long as the object's
  float* narrow_rows;  // as long as the image's
  int num_rows;
  int wide;
  int narrow;

  Scratch(float* memory, int num_taps, int wide_size, int narrow_size)
      : staged(memory),
        corrections(staged + 2 * std::int64_t{wide_size}),
        wide_rows(corrections + 2 * std::int64_t{wide_size}),
        narrow_rows(wide_rows + std::int64_t{num_taps + 1} * wide_size),
        num_rows(num_taps + 1),
        wide(wide_size),
        narrow(narrow_size) {
    std::fill(staged, corrections, 0.0f);
  }

  static std::int64_t size(int num_taps, int wide, int narrow) {
    return 4 * std::int64_t{wide} + std::int64_t{num_taps + 1} * (wide + narrow);
  }
  float* correction(int row) const { return corrections + std::int64_t{row} * wide; }
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

// Transposed blur in x, then y, of the ratio into `count` rows of the object from y on.
void SeparableEngine::transpose_rows(int z, int y, int count, const Scratch& scratch) const {
  const int end = std::min(y + count, part_.y);
  for (int row = y; row < end; ++row) {
    float* middle = scratch.staged + along_x_.num_taps - 1;
    std::copy_n(&in_plane_.view()(z, row, 0), part_.x, middle);
    WeightedRows shifted;
    shifted.end = along_x_.num_taps;
    for (int i = 0; i < shifted.end; ++i) {
      shifted.row[i] = middle - i;
    }
    float* const result = scratch.wide_row(row);
    add_weighted_rows(along_x_, shifted, 1, &result, scratch.wide);
  }
  const int last = y + count - 1;
  float* const results[2] = {scratch.correction(count - 1), scratch.correction(0)};
  add_weighted_rows(along_y_,
                    rows_of_transposed(along_y_, last, count, part_.y,
                                       [&](int row) { return scratch.wide_row(row); }),
                    count, results, scratch.wide);
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
#pragma omp simd
    for (int x = 0; x < size; ++x) {
      advance(correction[x], seen_zy * seen_x[x], 1.0f, estimate[x], prediction[x]);
    }
    return;
  }
  const float* damp = damping + estimate_.extent().index({z, y, 0});
#pragma omp simd
  for (int x = 0; x < size; ++x) {
    advance(correction[x], seen_zy * seen_x[x], damp[x], estimate[x], prediction[x]);
  }
}

// Blur in x of `count` rows of the prediction from y on, then in y of the rows up to them.
void SeparableEngine::blur_rows(int z, int y, int count, const Scratch& scratch) {
  for (int row = y; row < y + count; ++row) {
    const float* prediction = &prediction_.view()(z, row, 0);
    const WeightedRows shifted =
        rows_of_blur(along_x_, 0, 1, [prediction](int i) { return prediction + i; });
    float* const result = scratch.narrow_row(row);
    add_weighted_rows(along_x_, shifted, 1, &result, part_.x);
  }
  const int end = y + count - along_y_.num_taps + 1;
  const int first = std::max(0, end - count);
  if (first >= end) {
    return;
  }
  float* const results[2] = {&in_plane_.view()(z, first, 0), &in_plane_.view()(z, end - 1, 0)};
  add_weighted_rows(
      along_y_,
      rows_of_blur(along_y_, first, end - first, [&](int row) { return scratch.narrow_row(row); }),
      end - first, results, part_.x);
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
      for (int y = 0; y < extended.y; y += 2) {
        const int count = rows_from(y, extended.y);
        if (step != nullptr) {
          transpose_rows(z, y, count, scratch);
          for (int row = 0; row < count; ++row) {
            advance_row(z, y + row, *step, damping, scratch.correction(row));
          }
        }
        blur_rows(z, y, count, scratch);
      }
    }
  }
}

// All planes of one row y: blur in z, ratio, transposed blur in z, in place.
template <class Count>
void SeparableEngine::compare_slab(int y, const CompareModelOf<Count>& comparison, float* scratch) {
  const VolumeView<float> in_plane = in_plane_.view();
  const auto ratio_row = [&](int z) { return scratch + std::int64_t{z} * part_.x; };
  for (int z = 0; z < part_.z; z += 2) {
    const int count = rows_from(z, part_.z);
    const int ahead = z + along_z_.num_taps + 1;
    for (int row = ahead; row < std::min(ahead + 2, in_plane.extent.z); ++row) {
      prefetch_row(&in_plane(row, y, 0), part_.x);
    }
    float* const results[2] = {ratio_row(z), ratio_row(z + count - 1)};
    add_weighted_rows(
        along_z_, rows_of_blur(along_z_, z, count, [&](int row) { return &in_plane(row, y, 0); }),
        count, results, part_.x);
    for (int row = z; row < z + count; ++row) {
      if (comparison.sums != nullptr) {
        comparison.add(y, {row, y, 0}, part_.x, ratio_row(row));
      }
      comparison.divide({row, y, 0}, part_.x, ratio_row(row));
    }
  }
  for (int z = 0; z < in_plane.extent.z; z += 2) {
    const int count = rows_from(z, in_plane.extent.z);
    const int last = z + count - 1;
    float* const results[2] = {&in_plane(last, y, 0), &in_plane(z, y, 0)};
    add_weighted_rows(along_z_, rows_of_transposed(along_z_, last, count, part_.z, ratio_row),
                      count, results, part_.x);
  }
}

namespace {

// Walks along y of `size` planes, rows and columns.
Extent walks_along_y(Extent size) {
  return {size.z, (size.y + rows_per_walk - 1) / rows_per_walk, size.x};
}

}  // namespace

// The GPU's blur of the prediction in x, then y.
void SeparableEngine::blur_in_plane(const Exec& exec) {
  const BlurAlongY blur{
      {prediction_.view(), 1, prediction_.extent().x, along_x_}, along_y_, in_plane_.view()};
  for_each_walk(exec, walks_along_y(in_plane_.extent()), blur.num_floats(), blur);
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

template <class Count>
void SeparableEngine::compare(const Exec& exec, const CompareModelOf<Count>& comparison) {
  if (exec.backend == Backend::cpu) {
    allocate_scratch();
#pragma omp parallel for schedule(static)
    for (int y = 0; y < part_.y; ++y) {
      compare_slab(y, comparison, scratch_[static_cast<std::size_t>(omp_get_thread_num())].data());
    }
    return;
  }
  if (comparison.sums != nullptr) {
    model_.reshape(part_, estimate_.spacing());
    const std::int64_t plane = std::int64_t{part_.y} * part_.x;
    for_each_voxel(
        exec, part_,
        DirectVoxel{{in_plane_.view(), plane, in_plane_.extent().z, along_z_}, model_.view()});
    for_each_row_part(exec, Extent{part_.z, 1, part_.x},
                      AddPlanes<Count>{comparison, model_.view()});
  }
  const CompareAlongZ<Count> walk{comparison, in_plane_.view(), along_z_};
  for_each_walk(exec, Extent{1, part_.y, part_.x}, walk.num_floats(), walk);
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
  const AdvanceAlongY walk{step,
                           {in_plane_.view(), 1, part_.x, along_x_},
                           along_y_,
                           estimate_.view(),
                           prediction_.view(),
                           seen_z_.data(),
                           seen_y_.data(),
                           seen_x_.data(),
                           damping};
  for_each_walk(exec, walks_along_y(estimate_.extent()), walk.num_floats(), walk);
  blur_in_plane(exec);
}

template void SeparableEngine::compare(const Exec&, const CompareModelOf<float>&);
template void SeparableEngine::compare(const Exec&, const CompareModelOf<std::uint16_t>&);
template void SeparableEngine::compare(const Exec&, const CompareModelOf<std::int16_t>&);

}  // namespace bramble
