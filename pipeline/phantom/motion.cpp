#include "pipeline/phantom/motion.hpp"

#include "kernels/core/error.hpp"
#include "pipeline/phantom/random.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace bramble {
namespace {

constexpr double reach_sigma = 4;  // beyond it a Gaussian holds 6e-5

Position larger(Position a, Position b) {
  return {std::max(a.z_um, std::abs(b.z_um)), std::max(a.y_um, std::abs(b.y_um)),
          std::max(a.x_um, std::abs(b.x_um))};
}

// In a random direction in plane.
Position draw_jump(const PhantomMotion& motion, Random& random) {
  const double angle = random.uniform_within(0, 2 * std::numbers::pi);
  // The length of a normal vector.
  const double length = motion.jump_sd_um * std::sqrt(2 * random.exponential(1));
  const double jump_um = std::max(static_cast<double>(motion.min_jump_um), length);
  return {0, jump_um * std::sin(angle), jump_um * std::cos(angle)};
}

}  // namespace

StackMotion::StackMotion(std::vector<PhantomSliceMotion> slices, Extent extent, Spacing spacing,
                         double axial_sigma_um)
    : slices_(std::move(slices)),
      num_rows_(std::max(extent.y, 1)),
      spacing_(spacing),
      axial_sigma_um_(axial_sigma_um) {
  require(!slices_.empty(), "the motion of a stack needs at least one slice");
  for (const PhantomSliceMotion& slice : slices_) {
    reach_ = larger(reach_, slice.shift);
  }
}

Position StackMotion::shift_at(int slice, double row) const noexcept {
  const int last = static_cast<int>(slices_.size()) - 1;
  const auto here = static_cast<std::size_t>(std::clamp(slice, 0, last));
  const auto next = static_cast<std::size_t>(std::clamp(slice + 1, 0, last));
  const double part = std::clamp(row / num_rows_, 0.0, 1.0);
  const Position from = slices_[here].shift;
  return from + (slices_[next].shift - from) * part;
}

Position StackMotion::shift_of_tissue(int slice, double y_um) const noexcept {
  // The shift changes by far less than a row from row to row, so this converges at once.
  constexpr int num_steps = 8;
  Position shift = shift_at(slice, y_um / spacing_.y_um);
  for (int i = 0; i < num_steps; ++i) {
    shift = shift_at(slice, (y_um + shift.y_um) / spacing_.y_um);
  }
  return shift;
}

Position StackMotion::appears_at(Position p) const noexcept {
  const double margin_um = reach_sigma * axial_sigma_um_ + reach_.z_um;
  const int first = static_cast<int>(std::floor((p.z_um - margin_um) / spacing_.z_um));
  const int last = static_cast<int>(std::ceil((p.z_um + margin_um) / spacing_.z_um));
  const auto brightness = [&](double distance_um) {
    const double in_sigma = distance_um / axial_sigma_um_;
    return std::exp(-0.5 * in_sigma * in_sigma);
  };
  double total = 0;
  double still_total = 0;
  double depth_um = 0;  // weighted sums of distances from p
  double still_depth_um = 0;
  Position shift;
  for (int slice = first; slice <= last; ++slice) {
    const double distance_um = slice * static_cast<double>(spacing_.z_um) - p.z_um;
    const Position here = shift_of_tissue(slice, p.y_um);
    const bool inside = slice >= 0 && slice < static_cast<int>(slices_.size());
    const double weight = inside && dropped(slice) ? 0 : brightness(distance_um - here.z_um);
    const double still_weight = brightness(distance_um);
    total += weight;
    still_total += still_weight;
    depth_um += weight * distance_um;
    still_depth_um += still_weight * distance_um;
    shift = shift + here * weight;
  }
  if (!(total > 0)) {
    return p;  // seen by no slice at all
  }
  // The slices' discrete depths alone move the mean; what counts is how much more the motion does.
  return p + Position{depth_um / total - still_depth_um / still_total, shift.y_um / total,
                      shift.x_um / total};
}

std::vector<PhantomSliceMotion> draw_motion(const PhantomParameters& parameters, PhantomField field,
                                            std::size_t session) {
  const PhantomMotion& motion = parameters.motion;
  RandomPlace place = field.place(parameters, RandomPurpose::motion);
  place.session = session;
  const std::uint64_t key = random_key(place);
  const double fresh = std::sqrt(1 - static_cast<double>(motion.correlation) * motion.correlation);
  const int num_slices = parameters.design.extent.z;
  std::vector<PhantomSliceMotion> slices;
  Position drift;  // in standard deviations
  for (int slice = 0; slice < num_slices; ++slice) {
    Random random(key, static_cast<std::uint64_t>(slice));
    const auto [y, x] = random.normal_pair();
    const Position step{random.normal(), y, x};
    drift = slice == 0 ? step : drift * motion.correlation + step * fresh;
    PhantomSliceMotion& made = slices.emplace_back();
    made.shift = {drift.z_um * motion.shift_sd_z_um, drift.y_um * motion.shift_sd_xy_um,
                  drift.x_um * motion.shift_sd_xy_um};
    const bool jumps = random.uniform() < motion.jump_frac;
    const bool drops = random.uniform() < motion.dropped_frac;
    if (jumps) {
      made.shift = made.shift + draw_jump(motion, random);
    }
    made.dropped = drops && slice > 0 && slice < num_slices - 1;
  }
  return slices;
}

}  // namespace bramble
