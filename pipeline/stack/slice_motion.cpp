#include "pipeline/stack/slice_motion.hpp"

#include "kernels/align/average_in_plane.hpp"
#include "kernels/align/slice_correlation.hpp"
#include "kernels/restore/shift_slices.hpp"
#include "pipeline/stack/dropped_slices.hpp"
#include "pipeline/stack/slice_path.hpp"
#include "pipeline/stack/slice_step.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace bramble {

namespace {

constexpr float working_spacing_um = 0.2f;
constexpr float detail_um = 0.2f;
constexpr float context_um = 0.7f;
// Slices further apart than the depth of focus show other things.
constexpr float largest_distance_um = 2.2f;
constexpr int fewest_slices = 5;
// Less is not worth the interpolation: the slice stays as it is, bit for bit.
constexpr double smallest_shift_vox = 0.5;

std::size_t at(int slice) { return static_cast<std::size_t>(slice); }

// Between slices that follow each other, and between those up to `largest_distance_um` apart.
std::vector<SliceStep> measure_steps(const Exec& exec, CountsView stack, float offset_counts,
                                     const std::vector<int>& slices) {
  const AverageFactors factors = average_factors(stack.spacing, working_spacing_um);
  Volume<float> averaged(exec.space(), averaged_extent(stack.extent, factors),
                         {stack.spacing.z_um, stack.spacing.y_um * static_cast<float>(factors.y),
                          stack.spacing.x_um * static_cast<float>(factors.x)});
  average_in_plane(exec, stack, factors, 0, averaged.view());
  SliceCorrelation correlation(
      exec, std::as_const(averaged).view(),
      {.offset_counts = offset_counts, .detail_um = detail_um, .context_um = context_um});
  std::vector<SliceStep> steps;
  for (std::size_t i = 0; i < slices.size(); ++i) {
    for (std::size_t j = i + 1; j < slices.size(); ++j) {
      const float distance_um = static_cast<float>(slices[j] - slices[i]) * stack.spacing.z_um;
      if (j > i + 1 && distance_um > largest_distance_um) {
        break;
      }
      const ShiftMap map = correlation.correlate(exec, slices[i], slices[j]);
      const std::optional<SliceStep> step =
          read_step(map, slices[i], slices[j], correlation.usable_um2(), detail_um);
      if (step) {
        steps.push_back(*step);
      }
    }
  }
  return confirmed_steps(steps);
}

// Dropped slices move like what lies between their neighbours.
void interpolate_dropped(std::vector<SliceMotion::Slice>& slices, const std::vector<int>& kept) {
  for (int slice = 0; slice < static_cast<int>(slices.size()); ++slice) {
    if (!slices[at(slice)].dropped || kept.empty()) {
      continue;
    }
    const auto above = std::lower_bound(kept.begin(), kept.end(), slice);
    const int next = above == kept.end() ? kept.back() : *above;
    const int previous = above == kept.begin() ? next : *(above - 1);
    const double part =
        next == previous ? 0 : static_cast<double>(slice - previous) / (next - previous);
    const SliceMotion::Slice& from = slices[at(previous)];
    const SliceMotion::Slice& to = slices[at(next)];
    slices[at(slice)].shift_y_um = from.shift_y_um + part * (to.shift_y_um - from.shift_y_um);
    slices[at(slice)].shift_x_um = from.shift_x_um + part * (to.shift_x_um - from.shift_x_um);
  }
}

}  // namespace

bool SliceMotion::changes_stack() const noexcept {
  return std::any_of(slices.begin(), slices.end(), [](const Slice& slice) {
    return slice.dropped || slice.shift_y_um != 0 || slice.shift_x_um != 0;
  });
}

int SliceMotion::num_dropped() const noexcept {
  return static_cast<int>(std::count_if(slices.begin(), slices.end(),
                                        [](const Slice& slice) { return slice.dropped; }));
}

double SliceMotion::rms_um() const noexcept {
  double sum = 0;
  for (const Slice& slice : slices) {
    sum += slice.shift_y_um * slice.shift_y_um + slice.shift_x_um * slice.shift_x_um;
  }
  return slices.empty() ? 0 : std::sqrt(sum / static_cast<double>(slices.size()));
}

Position SliceMotion::to_stored(Position corrected) const noexcept {
  if (slices.empty()) {
    return corrected;
  }
  const int last = static_cast<int>(slices.size()) - 1;
  const double depth = std::clamp(corrected.z_um / spacing_z_um, 0.0, static_cast<double>(last));
  const int below = static_cast<int>(depth);
  const Slice& from = slices[at(below)];
  const Slice& to = slices[at(std::min(below + 1, last))];
  const double part = depth - below;
  return corrected + Position{0, from.shift_y_um + part * (to.shift_y_um - from.shift_y_um),
                              from.shift_x_um + part * (to.shift_x_um - from.shift_x_um)};
}

SliceMotion estimate_slice_motion(const Exec& exec, CountsView counts, CountsView stack,
                                  float offset_counts) {
  const int num_slices = stack.extent.z;
  SliceMotion motion{.slices = std::vector<SliceMotion::Slice>(at(num_slices)),
                     .spacing_z_um = static_cast<double>(stack.spacing.z_um)};
  if (num_slices < fewest_slices) {
    return motion;
  }
  const std::vector<bool> dropped = find_dropped_slices(counts);
  std::vector<int> kept;
  for (int slice = 0; slice < num_slices; ++slice) {
    motion.slices[at(slice)].dropped = dropped[at(slice)];
    if (!dropped[at(slice)]) {
      kept.push_back(slice);
    }
  }
  const SlicePath path = slice_path(measure_steps(exec, stack, offset_counts, kept), num_slices);
  for (int slice = 0; slice < num_slices; ++slice) {
    const PlanePosition& shift = path.shifts[at(slice)];
    motion.slices[at(slice)].confidence = path.confidence[at(slice)];
    if (std::abs(shift.y_um) >= smallest_shift_vox * static_cast<double>(stack.spacing.y_um) ||
        std::abs(shift.x_um) >= smallest_shift_vox * static_cast<double>(stack.spacing.x_um)) {
      motion.slices[at(slice)].shift_y_um = shift.y_um;
      motion.slices[at(slice)].shift_x_um = shift.x_um;
    }
  }
  interpolate_dropped(motion.slices, kept);
  return motion;
}

SliceMotion whole_voxel_motion(SliceMotion motion, Spacing spacing) {
  const auto rounded = [](double shift_um, float spacing_um) {
    return std::round(shift_um / static_cast<double>(spacing_um)) * static_cast<double>(spacing_um);
  };
  for (SliceMotion::Slice& slice : motion.slices) {
    slice.shift_y_um = rounded(slice.shift_y_um, spacing.y_um);
    slice.shift_x_um = rounded(slice.shift_x_um, spacing.x_um);
  }
  return motion;
}

void correct_motion(const Exec& exec, const SliceMotion& motion, CountsView stack,
                    float saturation_counts, VolumeView<float> corrected) {
  std::vector<SliceShift> shifts;
  for (const SliceMotion::Slice& slice : motion.slices) {
    shifts.push_back({.y_um = static_cast<float>(slice.shift_y_um),
                      .x_um = static_cast<float>(slice.shift_x_um),
                      .recorded = !slice.dropped});
  }
  shift_slices(exec, stack, shifts, saturation_counts, corrected);
}

void undo_motion(const SliceMotion& motion, StackResult& result) {
  for (Dendrite& dendrite : result.dendrites) {
    for (Position& node : dendrite.nodes) {
      node = motion.to_stored(node);
    }
  }
  for (Spine& spine : result.spines) {
    spine.head = motion.to_stored(spine.head);
    spine.base = motion.to_stored(spine.base);
  }
}

}  // namespace bramble
