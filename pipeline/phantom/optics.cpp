#include "pipeline/phantom/optics.hpp"

#include "kernels/core/error.hpp"
#include "kernels/core/gaussian.hpp"
#include "pipeline/phantom/random.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace bramble {
namespace {

constexpr float fine_depth_um = 0.125f;

int first_index(double place) { return static_cast<int>(std::floor(place)); }
int end_index(double place) { return static_cast<int>(std::ceil(place)) + 1; }

}  // namespace

double draw_field_depth_um(const PhantomParameters& parameters, PhantomField field) {
  Random random(field.place(parameters, RandomPurpose::field_depth));
  return random.uniform_within(20, 150);
}

std::vector<PsfWidth> psf_widths(const PhantomParameters& parameters, double field_depth_um) {
  const PhantomOptics& optics = parameters.optics;
  const int num_slices = parameters.design.extent.z;
  std::vector<PsfWidth> widths;
  for (int slice = 0; slice < num_slices; ++slice) {
    const double depth_um =
        field_depth_um + slice * static_cast<double>(parameters.design.spacing.z_um);
    const double part = static_cast<double>(slice) / std::max(num_slices - 1, 1);
    const double through_stack = 1 + (optics.growth_through_stack - 1) * part;
    widths.push_back({.xy = (1 + optics.growth_xy_per_um * depth_um) * through_stack,
                      .z = (1 + optics.growth_z_per_um * depth_um) * through_stack});
  }
  return widths;
}

StackOptics::StackOptics(PsfModel psf, std::vector<PsfWidth> widths, StackMotion motion,
                         Extent extent, Spacing spacing)
    : psf_(std::move(psf)), motion_(std::move(motion)), extent_(extent), spacing_(spacing) {
  require(std::ssize(widths) == extent.z && std::ssize(motion_.slices()) == extent.z,
          "widths and motion need one entry a slice");
  grid_.spacing = {fine_depth_um, spacing.y_um / 2, spacing.x_um / 2};
  const Spacing h = grid_.spacing;
  // The two cells of a pixel lie a quarter of a pixel to either side of its centre.
  grid_.origin = {0, -0.5 * h.y_um, -0.5 * h.x_um};
  std::vector<PsfWidth> sets;
  for (const PsfWidth& width : widths) {
    const auto known = std::find(sets.begin(), sets.end(), width);
    kernel_sets_.push_back(static_cast<std::size_t>(known - sets.begin()));
    if (known != sets.end()) {
      continue;
    }
    sets.push_back(width);
    for (std::size_t term = 0; term < num_terms(); ++term) {
      const double sigma_um = width.xy * psf_.sigma_xy_um(term);
      const Kernels& made =
          kernels_.emplace_back(Kernels{.z = BlurKernels::in_depth(psf_, term, width.z, h.z_um),
                                        .y = BlurKernels::in_plane(sigma_um, h.y_um),
                                        .x = BlurKernels::in_plane(sigma_um, h.x_um)});
      reach_um_ = {std::max(reach_um_.z_um, made.z.reach() * static_cast<double>(h.z_um)),
                   std::max(reach_um_.y_um, made.y.reach() * static_cast<double>(h.y_um)),
                   std::max(reach_um_.x_um, made.x.reach() * static_cast<double>(h.x_um))};
    }
  }
  reach_um_ = reach_um_ + motion_.reach();
}

BlurTaps StackOptics::planes_of(int slice, std::size_t term, Position shift) const noexcept {
  const double z_um = slice * static_cast<double>(spacing_.z_um) - shift.z_um;
  return kernels(slice, term).z.at(z_um / grid_.spacing.z_um);
}

BlurTaps StackOptics::columns_of(int slice, std::size_t term, Position shift) const noexcept {
  return kernels(slice, term).x.at((-shift.x_um - grid_.origin.x_um) / grid_.spacing.x_um);
}

BlurTaps StackOptics::rows_of(int slice, std::size_t term, int y) const noexcept {
  const double shift_um = motion_.shift_at(slice, y).y_um;
  return kernels(slice, term).y.at(2 * y - (shift_um + grid_.origin.y_um) / grid_.spacing.y_um);
}

FineBounds StackOptics::seen_by(const ImageWindow& window) const noexcept {
  const Spacing h = grid_.spacing;
  const Voxel end{window.first.z + window.extent.z, window.first.y + window.extent.y,
                  window.first.x + window.extent.x};
  const Position low = position_of(window.first, spacing_) - reach_um_ - grid_.origin;
  const Position high = position_of(end, spacing_) + reach_um_ - grid_.origin;
  return {.first_row = first_index(low.y_um / h.y_um),
          .end_row = end_index(high.y_um / h.y_um),
          .box = {.first_plane = first_index(low.z_um / h.z_um),
                  .end_plane = end_index(high.z_um / h.z_um),
                  .first_column = first_index(low.x_um / h.x_um),
                  .end_column = end_index(high.x_um / h.x_um)}};
}

ImageWindow StackOptics::reached_by(const FineBounds& bounds) const noexcept {
  const Spacing h = grid_.spacing;
  const Position low = grid_.origin - reach_um_ +
                       Position{bounds.box.first_plane * static_cast<double>(h.z_um),
                                bounds.first_row * static_cast<double>(h.y_um),
                                bounds.box.first_column * static_cast<double>(h.x_um)};
  const Position high = grid_.origin + reach_um_ +
                        Position{bounds.box.end_plane * static_cast<double>(h.z_um),
                                 bounds.end_row * static_cast<double>(h.y_um),
                                 bounds.box.end_column * static_cast<double>(h.x_um)};
  const auto first = [](double um, float step_um, int size) {
    return std::clamp(first_index(um / step_um), 0, size);
  };
  const auto end = [](double um, float step_um, int size) {
    return std::clamp(end_index(um / step_um), 0, size);
  };
  ImageWindow window;
  window.first = {first(low.z_um, spacing_.z_um, extent_.z),
                  first(low.y_um, spacing_.y_um, extent_.y),
                  first(low.x_um, spacing_.x_um, extent_.x)};
  window.extent = {end(high.z_um, spacing_.z_um, extent_.z) - window.first.z,
                   end(high.y_um, spacing_.y_um, extent_.y) - window.first.y,
                   end(high.x_um, spacing_.x_um, extent_.x) - window.first.x};
  return window;
}

StackOptics make_optics(const PhantomParameters& parameters, PhantomField field,
                        std::size_t session) {
  const PhantomDesign& design = parameters.design;
  const double field_depth_um = draw_field_depth_um(parameters, field);
  PsfModel psf = make_psf(parameters.optics, field_depth_um);
  const double axial_sigma_um = axial_fwhm_um(psf) / gaussian_fwhm_per_sigma;
  StackMotion motion(draw_motion(parameters, field, session), design.extent, design.spacing,
                     axial_sigma_um);
  return {std::move(psf), psf_widths(parameters, field_depth_um), std::move(motion), design.extent,
          design.spacing};
}

}  // namespace bramble
