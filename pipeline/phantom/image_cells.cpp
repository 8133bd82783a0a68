#include "pipeline/phantom/image_cells.hpp"

#include "kernels/core/error.hpp"
#include "pipeline/phantom/row_image.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace bramble {
namespace {

struct CellParts {
  double gain = 1;
  std::span<const FinePart> parts;
};

// A part in one row.
struct RowPart {
  std::size_t cell = 0;
  const FinePart* part = nullptr;
  FineBox box;
};

bool meet(const FineBounds& a, const FineBounds& b) {
  return a.first_row < b.end_row && b.first_row < a.end_row && !intersection(a.box, b.box).empty();
}

// For each of the rows that a window sees, which parts touch it.
class PartsByRow {
 public:
  PartsByRow(const FineBounds& seen, const std::vector<CellParts>& cells)
      : seen_(seen), rows_(static_cast<std::size_t>(std::max(seen.end_row - seen.first_row, 0))) {
    for (std::size_t cell = 0; cell < cells.size(); ++cell) {
      for (const FinePart& part : cells[cell].parts) {
        add(cell, part);
      }
    }
  }

  std::size_t num_rows() const noexcept { return rows_.size(); }
  // Those that the window sees, by cell and column.
  void list(const FineGrid& grid, std::size_t i, std::vector<RowPart>& parts) const {
    const int row = seen_.first_row + static_cast<int>(i);
    parts.clear();
    for (const auto& [cell, part] : rows_[i]) {
      const FineBox box = intersection(part->box_in(grid, row), seen_.box);
      if (!box.empty()) {
        parts.push_back({cell, part, box});
      }
    }
    std::stable_sort(parts.begin(), parts.end(), [](const RowPart& a, const RowPart& b) {
      return std::tie(a.cell, a.box.first_column) < std::tie(b.cell, b.box.first_column);
    });
  }

 private:
  void add(std::size_t cell, const FinePart& part) {
    const FineBounds& bounds = part.bounds();
    if (!meet(bounds, seen_)) {
      return;
    }
    const int first = std::max(bounds.first_row, seen_.first_row);
    const int end = std::min(bounds.end_row, seen_.end_row);
    for (int row = first; row < end; ++row) {
      rows_[static_cast<std::size_t>(row - seen_.first_row)].emplace_back(cell, &part);
    }
  }

  FineBounds seen_;
  std::vector<std::vector<std::pair<std::size_t, const FinePart*>>> rows_;
};

// Draws and blurs the parts of one row in groups that hang together along x.
void image_row(const std::vector<RowPart>& parts, const std::vector<CellParts>& cells, int row,
               OccupancyRow& occupancy, RowBlur& blur, RowImage& image) {
  for (std::size_t first = 0; first < parts.size();) {
    FineBox box = parts[first].box;
    std::size_t end = first + 1;
    while (end < parts.size() && parts[end].cell == parts[first].cell &&
           parts[end].box.first_column <= box.end_column) {
      box = hull(box, parts[end++].box);
    }
    occupancy.start(row, box);
    for (std::size_t i = first; i < end; ++i) {
      occupancy.draw(*parts[i].part);
    }
    blur.add(occupancy, cells[parts[first].cell].gain, image);
    first = end;
  }
}

void image_window(const StackOptics& optics, const std::vector<CellParts>& cells,
                  const ImageWindow& window, VolumeView<float> image) {
  require(image.extent == window.extent, "image and window differ in extent");
  const FineBounds seen = optics.seen_by(window);
  const PartsByRow parts_by_row(seen, cells);
  std::vector<RowImage> rows(parts_by_row.num_rows());
#pragma omp parallel
  {
    OccupancyRow occupancy(optics.grid());
    RowBlur blur(optics, window);
    std::vector<RowPart> parts;
    RowImage image_of_row;
#pragma omp for schedule(dynamic)
    for (std::size_t i = 0; i < rows.size(); ++i) {
      parts_by_row.list(optics.grid(), i, parts);
      if (parts.empty()) {
        continue;
      }
      const int row = seen.first_row + static_cast<int>(i);
      blur.start_row(row);
      image_of_row.clear();
      image_row(parts, cells, row, occupancy, blur, image_of_row);
      image_of_row.finish(static_cast<std::size_t>(window.extent.z) * optics.num_terms());
      rows[i] = image_of_row;  // takes no more memory than it needs
    }
  }
  blur_across_rows(optics, window, rows, seen.first_row, image);
}

// All parts but those of the spine, where they meet it.
std::vector<const FinePart*> rest_of(const DrawnCell& cell, std::size_t spine,
                                     const FineBounds& bounds) {
  std::vector<const FinePart*> rest;
  for (std::size_t i = 0; i < cell.parts.size(); ++i) {
    const bool of_spine = i >= cell.first_parts[spine] && i < cell.first_parts[spine + 1];
    if (!of_spine && meet(cell.parts[i].bounds(), bounds)) {
      rest.push_back(&cell.parts[i]);
    }
  }
  return rest;
}

}  // namespace

DrawnCell::DrawnCell(const FineGrid& grid, const DyedCell& cell) : gain(cell.gain) {
  append_parts(grid, cell.shaft, parts);
  first_parts.push_back(parts.size());
  for (const DyedBody& spine : cell.spines) {
    append_parts(grid, spine, parts);
    first_parts.push_back(parts.size());
  }
}

std::vector<DrawnCell> draw_cells(const FineGrid& grid, const std::vector<DyedCell>& cells) {
  std::vector<DrawnCell> drawn;
  for (const DyedCell& cell : cells) {
    drawn.emplace_back(grid, cell);
  }
  return drawn;
}

void image_cells(const StackOptics& optics, const std::vector<DrawnCell>& cells,
                 VolumeView<float> image) {
  std::vector<CellParts> parts;
  for (const DrawnCell& cell : cells) {
    parts.push_back({cell.gain, cell.parts});
  }
  image_window(optics, parts, {.first = {}, .extent = optics.extent()}, image);
}

void image_parts(const StackOptics& optics, double gain, std::span<const FinePart> parts,
                 const ImageWindow& window, VolumeView<float> image) {
  image_window(optics, {{gain, parts}}, window, image);
}

FineBounds bounds_of(std::span<const FinePart> parts) {
  FineBounds bounds = parts.front().bounds();
  for (const FinePart& part : parts) {
    bounds.first_row = std::min(bounds.first_row, part.bounds().first_row);
    bounds.end_row = std::max(bounds.end_row, part.bounds().end_row);
    bounds.box = hull(bounds.box, part.bounds().box);
  }
  return bounds;
}

void image_spine(const StackOptics& optics, const DrawnCell& cell, std::size_t spine,
                 const ImageWindow& window, VolumeView<float> image) {
  const std::span<const FinePart> body = cell.spine(spine);
  if (body.empty()) {
    std::fill(image.data, image.data + image.extent.num_voxels(), 0.0f);
    return;
  }
  const FineBounds bounds = bounds_of(body);
  const std::vector<const FinePart*> rest = rest_of(cell, spine, bounds);
  std::vector<RowImage> rows(static_cast<std::size_t>(bounds.end_row - bounds.first_row));
  OccupancyRow without(optics.grid());
  RowBlur blur(optics, window);
  for (int row = bounds.first_row; row < bounds.end_row; ++row) {
    without.start(row, bounds.box);
    for (const FinePart* part : rest) {
      without.draw(*part);
    }
    OccupancyRow with = without;
    for (const FinePart& part : body) {
      with.draw(part);
    }
    with.subtract(without);
    RowImage& image_of_row = rows[static_cast<std::size_t>(row - bounds.first_row)];
    blur.start_row(row);
    blur.add(with, cell.gain, image_of_row);
    image_of_row.finish(static_cast<std::size_t>(window.extent.z) * optics.num_terms());
  }
  blur_across_rows(optics, window, rows, bounds.first_row, image);
}

}  // namespace bramble
