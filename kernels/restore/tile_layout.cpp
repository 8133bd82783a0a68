#include "kernels/restore/tile_layout.hpp"

#include "kernels/core/error.hpp"
#include "kernels/restore/separable_psf.hpp"

#include <algorithm>
#include <cstdint>
#include <string>

namespace bramble {

namespace {

// Voxels of a profile that reach half of its maximum.
int full_width(const std::vector<double>& profile) {
  const double half = *std::max_element(profile.begin(), profile.end()) / 2;
  return static_cast<int>(std::count_if(profile.begin(), profile.end(),
                                        [half](double value) { return value >= half; }));
}

int overlap_of(int support, const std::vector<double>& profile) {
  return 2 * std::max(support / 2, 2 * full_width(profile));
}

struct Span {
  int start = 0;
  int size = 0;
};

// Of part `i` of those that cover an axis, in its own voxels.
BlendAxis blend_of(const std::vector<Span>& spans, std::size_t i) {
  const Span span = spans[i];
  BlendAxis blend;
  if (i > 0) {
    const Span before = spans[i - 1];
    const auto overlap = static_cast<float>(before.start + before.size - span.start);
    blend.rise_begin = overlap / 4;
    blend.rise_width = overlap / 2;
  }
  if (i + 1 < spans.size()) {
    const int next = spans[i + 1].start;
    const auto overlap = static_cast<float>(span.start + span.size - next);
    blend.fall_begin = static_cast<float>(next - span.start) + overlap / 4;
    blend.fall_width = overlap / 2;
  }
  return blend;
}

// What of a span lies on the axis.
AxisPart clipped(Span span, BlendAxis blend, int size) {
  const int start = std::max(span.start, 0);
  const int end = std::min(span.start + span.size, size);
  const auto left_out = static_cast<float>(start - span.start);
  blend.rise_begin -= left_out;
  blend.fall_begin -= left_out;
  return {start, end - start, blend};
}

std::vector<AxisPart> parts_of(const std::vector<Span>& spans, int size) {
  std::vector<AxisPart> parts;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    parts.push_back(clipped(spans[i], blend_of(spans, i), size));
  }
  return parts;
}

}  // namespace

Extent tile_overlaps(const Volume<float>& psf) {
  const Extent size = psf.extent();
  const MarginalSums sums = marginal_sums(psf.view());
  return {overlap_of(size.z, sums.z), overlap_of(size.y, sums.y), overlap_of(size.x, sums.x)};
}

std::vector<AxisPart> tile_axis(int size, int tile, int overlap) {
  if (tile >= size) {
    return {{0, size, {}}};
  }
  require(tile > 2 * overlap, "a tile of " + std::to_string(tile) + " voxels with overlaps of " +
                                  std::to_string(overlap) +
                                  " (they must leave something between them); use larger tiles");
  const int step = tile - overlap;
  const int last = size - tile;
  const int num_steps = (last + step - 1) / step;
  std::vector<Span> tiles;
  for (int i = 0; i <= num_steps; ++i) {
    tiles.push_back({static_cast<int>(std::int64_t{last} * i / num_steps), tile});
  }
  return parts_of(tiles, size);
}

std::vector<AxisPart> range_axis(int size, const std::vector<int>& first_voxels, int halo) {
  require(!first_voxels.empty() && first_voxels.front() == 0,
          "the first range must begin at the first voxel");
  std::vector<Span> spans;
  for (std::size_t i = 0; i < first_voxels.size(); ++i) {
    const bool is_last = i + 1 == first_voxels.size();
    const int end = is_last ? size : first_voxels[i + 1];
    require(first_voxels[i] < end, "ranges must follow each other along the axis");
    // Both ends of an overlap lie as far from where the ranges meet, be it off the axis.
    const int start = i == 0 ? 0 : first_voxels[i] - halo;
    spans.push_back({start, (is_last ? size : end + halo) - start});
  }
  return parts_of(spans, size);
}

}  // namespace bramble
