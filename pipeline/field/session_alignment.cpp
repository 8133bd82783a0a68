#include "pipeline/field/session_alignment.hpp"

#include "kernels/align/overlap_correlation.hpp"
#include "kernels/align/phase_correlation.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>

namespace bramble {

namespace {

double total_signal(const StackResult& stack) {
  double total = 0;
  for (const Dendrite& dendrite : stack.dendrites) {
    const double snr = static_cast<double>(dendrite.snr);
    total += std::isfinite(snr) ? snr * dendrite.length_usable_um : 0;
  }
  return total;
}

bool has_volume(const StackResult& stack) { return stack.alignment.extent().num_voxels() > 0; }

// In voxels of the reference, so large that every session fits.
Extent largest_extent(const std::vector<const StackResult*>& stacks, const StackResult& reference) {
  Extent largest = reference.alignment.extent();
  for (const StackResult* stack : stacks) {
    if (has_volume(*stack)) {
      const Extent extent = extent_on_grid(stack->alignment.extent(), stack->alignment.spacing(),
                                           reference.alignment.spacing());
      largest = {std::max(largest.z, extent.z), std::max(largest.y, extent.y),
                 std::max(largest.x, extent.x)};
    }
  }
  return largest;
}

// The better of two starting points: the shift by the images unless no shift lays more shaft on
// shaft.
SessionTransform refined(const SessionLines& reference, const SessionLines& session,
                         Position by_images) {
  const SessionTransform aided = register_lines(reference, session, by_images);
  const SessionTransform unaided = register_lines(reference, session, {});
  return overlap_frac(reference, session, unaided) > overlap_frac(reference, session, aided)
             ? unaided
             : aided;
}

}  // namespace

SessionLines lines_of(const StackResult& stack) {
  SessionLines lines;
  for (const Dendrite& dendrite : stack.dendrites) {
    lines.push_back(dendrite.nodes.empty() ? Centreline() : Centreline(dendrite.nodes));
  }
  return lines;
}

int choose_reference(const std::vector<const StackResult*>& stacks) {
  const auto best = std::max_element(stacks.begin(), stacks.end(),
                                     [](const StackResult* a, const StackResult* b) {
                                       return total_signal(*a) < total_signal(*b);
                                     });
  return static_cast<int>(best - stacks.begin());
}

std::vector<SessionAlignment> align_sessions(const std::vector<const StackResult*>& stacks,
                                             int reference) {
  const StackResult& fixed = *stacks[static_cast<std::size_t>(reference)];
  const SessionLines fixed_lines = lines_of(fixed);
  std::optional<PhaseCorrelation> images;
  if (has_volume(fixed) && stacks.size() > 1) {
    images.emplace(cpu_exec, largest_extent(stacks, fixed), PhaseCorrelationParams{});
  }
  std::vector<SessionAlignment> alignments;
  for (std::size_t session = 0; session < stacks.size(); ++session) {
    const StackResult& stack = *stacks[session];
    SessionAlignment& alignment = alignments.emplace_back();
    if (static_cast<int>(session) == reference) {
      alignment.correlation = has_volume(fixed) ? 1.0f : 0.0f;
      continue;
    }
    Position by_images;
    if (images && has_volume(stack)) {
      by_images = images->estimate(cpu_exec, fixed.alignment.view(), stack.alignment.view()).shift;
    }
    alignment.transform = refined(fixed_lines, lines_of(stack), by_images);
    const OverlapCorrelation overlap = correlate_overlap(
        cpu_exec, fixed.alignment.view(), stack.alignment.view(), alignment.transform.shift());
    alignment.correlation = std::max(overlap.correlation, 0.0f);
  }
  return alignments;
}

}  // namespace bramble
