#pragma once

#include "kernels/spine/samples.hpp"
#include "kernels/spine/spine_evidence.hpp"

namespace bramble {

// The measurement of one place, for one thread of the CPU or the GPU.
class EvidenceAt {
 public:
  BRAMBLE_HD EvidenceAt(const SpineForms& forms, const Station* stations,
                        const EvidencePlace& place) noexcept
      : forms_(forms),
        place_(place),
        station_(stations[place.sample.y]),
        side_(place.sample.x > StraightGrid::half_across ? 1 : -1) {
    fine_ = at(forms_.fine, 0, 0, 0);
    medium_ = at(forms_.medium, 0, 0, 0);
    head_ = larger(fine_, least_over_shaft * station_.shaft);
  }

  BRAMBLE_HD void measure(float* evidence) noexcept {
    next_ = evidence;
    add_contrast();
    add_place();
    add_neck();
    add_surround();
    add_depth();
    add_curvature();
    add_rings();
    add_restored();
    add_bulge();
    add_spread_of_excess();
  }

 private:
  using View = VolumeView<const float>;
  static constexpr float least_over_shaft = 0.02f;
  static constexpr float smallest = -50;
  static constexpr float largest = 200;

  BRAMBLE_HD void add(float value) noexcept {
    *next_++ = value != value ? 0 : smaller(larger(value, smallest), largest);
  }
  BRAMBLE_HD void add_pair(float a, float b, float unit) noexcept {
    add(larger(a, b) / unit);
    add(smaller(a, b) / unit);
  }

  // At so many samples from the place; outwards counts across the shaft, away from it.
  BRAMBLE_HD float at(const View& form, int deeper, int along, int outwards) const noexcept {
    return form(within(place_.sample.z + deeper, 0, 2 * StraightGrid::half_axial),
                within(place_.sample.y + along, station_.first, station_.last),
                within(place_.sample.x + side_ * outwards, 0, 2 * StraightGrid::half_across));
  }
  BRAMBLE_HD float excess_at(int deeper, int along, int outwards) const noexcept {
    return at(forms_.fine, deeper, along, outwards) - at(forms_.model, deeper, along, outwards);
  }

  BRAMBLE_HD void add_contrast() noexcept {
    const float shaft = station_.shaft;
    const float excess = excess_at(0, 0, 0);
    const float blob = at(forms_.blob, 0, 0, 0);
    add(fine_ / shaft);
    add(medium_ / shaft);
    add(at(forms_.excess, 0, 0, 0));
    add(excess / shaft);
    add(excess / head_);
    add(at(forms_.model, 0, 0, 0) / shaft);
    add(blob / shaft);
    add(blob / head_);
    add(blob / (forms_.blob_noise_gain * forms_.noise.at(medium_)));
  }

  // The model's brightest value of three depths round the axis, so far from it.
  BRAMBLE_HD float model_at(int across) const noexcept {
    float most = 0;
    for (int deeper = -1; deeper <= 1; ++deeper) {
      most = larger(most, forms_.model(StraightGrid::half_axial + deeper, place_.sample.y,
                                       StraightGrid::half_across + across));
    }
    return most;
  }
  // Where the model of the shaft falls to half of its value on the axis.
  BRAMBLE_HD float half_width_um() const noexcept {
    constexpr float least_um = 0.2f;
    const float top = model_at(0);
    for (int out = 0; out <= StraightGrid::half_across; ++out) {
      if (model_at(out) < 0.5f * top) {
        return larger(least_um, static_cast<float>(out) * StraightGrid::across_um);
      }
    }
    return least_um;
  }

  BRAMBLE_HD void add_place() noexcept {
    constexpr float far_um = 4;
    constexpr float far_from_end_um = 5;
    half_width_ = half_width_um();
    add(place_.lateral_um);
    add(place_.radius_um);
    add(half_width_);
    add(place_.lateral_um - half_width_);
    add(place_.depth_um);
    add(fabsf(place_.depth_um));
    add(larger(-far_um, smaller(far_um, place_.margin_um)));
    add(smaller(far_from_end_um, place_.end_um));
    add(logf(station_.shaft / forms_.noise.at(0)));
  }

  struct Neck {
    float least;
    float tilt_um;
  };
  // The brightest of five straight ways to the axis, by its least value; slanting ways count less.
  BRAMBLE_HD Neck neck(const View& form, float unit) const noexcept {
    constexpr int samples = 12;
    constexpr int slant_step = 4;  // stations
    constexpr float slant_cost = 0.01f;
    Neck best{-1e9f, 0};
    for (int slant = -2; slant <= 2; ++slant) {
      float least = 1e30f;
      for (int i = 0; i <= samples; ++i) {
        const float part = static_cast<float>(i) / samples;
        const int s = place_.sample.y;
        least = smaller(least, form(on_way(place_.sample.z, StraightGrid::half_axial, part),
                                    within(on_way(s, s + slant * slant_step, part), station_.first,
                                           station_.last),
                                    on_way(place_.sample.x, StraightGrid::half_across, part)));
      }
      const float steps = fabsf(static_cast<float>(slant));
      least -= slant_cost * steps * unit;
      if (least > best.least) {
        best = {least, steps * slant_step * StraightGrid::along_um};
      }
    }
    return best;
  }
  BRAMBLE_HD void add_neck() noexcept {
    const Neck found = neck(forms_.fine, station_.shaft);
    add(found.least / head_);
    add(found.least / station_.shaft);
    add(found.tilt_um);
  }

  BRAMBLE_HD void add_along(const View& form, int along, int outwards, float unit) noexcept {
    add_pair(at(form, 0, -along, outwards), at(form, 0, along, outwards), unit);
  }
  BRAMBLE_HD void add_surround() noexcept {
    for (const int out : {3, 5, 8, -3, -5}) {
      add(at(forms_.fine, 0, 0, out) / head_);
    }
    for (const int along : {3, 6, 9}) {
      add_along(forms_.fine, along, 0, head_);
    }
    add_along(forms_.fine, 3, 4, head_);
    add_along(forms_.fine, 3, -3, head_);
    const float mirror = forms_.medium(place_.sample.z, place_.sample.y,
                                       2 * StraightGrid::half_across - place_.sample.x);
    add((medium_ - mirror) / station_.shaft);
    add(mirror / head_);
  }

  // Above and below: towards the depth of the shaft and away from it.
  BRAMBLE_HD void add_depth() noexcept {
    const int towards = place_.depth_um < 0 ? 1 : -1;
    for (int deeper = 1; deeper <= 3; ++deeper) {
      add(at(forms_.medium, towards * deeper, 0, 0) / head_);
      add(at(forms_.medium, -towards * deeper, 0, 0) / head_);
    }
    float sum = 0;
    float moment = 0;
    for (int deeper = -2; deeper <= 2; ++deeper) {
      const float value = larger(0, at(forms_.medium, deeper, 0, 0));
      sum += value;
      moment += value * static_cast<float>(deeper);
    }
    add(sum / larger(medium_, least_over_shaft * station_.shaft));
    add(fabsf(moment) / larger(sum, 1e-6f));
  }

  // Second derivatives of the medium form in plane, over two samples.
  BRAMBLE_HD void add_curvature() noexcept {
    constexpr float along_um = 2 * StraightGrid::along_um;
    constexpr float across_um = 2 * StraightGrid::across_um;
    const auto medium = [&](int along, int out) { return at(forms_.medium, 0, along, out); };
    const float ss = (medium(2, 0) + medium(-2, 0) - 2 * medium_) / (along_um * along_um);
    const float uu = (medium(0, 2) + medium(0, -2) - 2 * medium_) / (across_um * across_um);
    const float su = (medium(2, 2) + medium(-2, -2) - medium(2, -2) - medium(-2, 2)) /
                     (4 * along_um * across_um);
    const float spread = sqrtf(0.25f * (ss - uu) * (ss - uu) + su * su);
    const float lower = (ss + uu) / 2 - spread;
    const float upper = (ss + uu) / 2 + spread;
    add(-lower / station_.shaft);
    add(-upper / station_.shaft);
    add(upper / (lower - 1e-3f * station_.shaft));
    add(-ss / station_.shaft);
    add(-uu / station_.shaft);
  }

  // Mean over eight samples round the place.
  BRAMBLE_HD float ring(const View& form, float radius_um) const noexcept {
    constexpr float eighth_turn = 0.785398f;
    float sum = 0;
    for (int i = 0; i < 8; ++i) {
      const float angle = static_cast<float>(i) * eighth_turn;
      sum +=
          at(form, 0, static_cast<int>(lroundf(radius_um * cosf(angle) / StraightGrid::along_um)),
             static_cast<int>(lroundf(radius_um * sinf(angle) / StraightGrid::across_um)));
    }
    return sum / 8;
  }
  BRAMBLE_HD void add_rings() noexcept {
    add((fine_ - medium_) / station_.shaft);
    add(ring(forms_.medium, 0.4f) / head_);
    add(ring(forms_.medium, 0.7f) / head_);
    add((medium_ - ring(forms_.medium, 0.5f)) / station_.shaft);
    add((medium_ - ring(forms_.medium, 0.8f)) / station_.shaft);
  }

  BRAMBLE_HD void add_restored() noexcept {
    const View& form = forms_.restored;
    const float shaft = station_.restored;
    const float value = at(form, 0, 0, 0);
    const float head = larger(value, least_over_shaft * shaft);
    const float excess = value - at(forms_.restored_model, 0, 0, 0);
    const float least = neck(form, shaft).least;
    add(value / shaft);
    add(excess / shaft);
    add(excess / head);
    add(least / head);
    add(least / shaft);
    for (const int out : {3, 5, -3}) {
      add(at(form, 0, 0, out) / head);
    }
    add_along(form, 3, 0, head);
    add_along(form, 5, 0, head);
    add_pair(at(form, 1, 0, 0), at(form, -1, 0, 0), head);
    add(larger(at(form, 2, 0, 0), at(form, -2, 0, 0)) / head);
    add(ring(form, 0.4f) / head);
    add(ring(form, 0.7f) / head);
  }

  // By how much the shaft is wider here on this side, and how much light it has too much.
  BRAMBLE_HD void add_bulge() noexcept {
    constexpr int reach = 3;
    constexpr float light_scale_um2 = 0.3f;
    const float on_axis = forms_.model(place_.sample.z, place_.sample.y, StraightGrid::half_across);
    const float edge = 0.5f * larger(0.2f * station_.shaft, on_axis);
    float width_um = 0;
    for (int out = 0; out <= StraightGrid::half_across; ++out) {
      if (forms_.medium(place_.sample.z, place_.sample.y, StraightGrid::half_across + side_ * out) <
          edge) {
        break;
      }
      width_um = static_cast<float>(out) * StraightGrid::across_um;
    }
    add(width_um - half_width_);
    float sum = 0;
    float variance = 0;
    for (int along = -reach; along <= reach; ++along) {
      for (int out = -reach; out <= reach; ++out) {
        const float noise = forms_.noise.at(at(forms_.medium, 0, along, out));
        sum += excess_at(0, along, out);
        variance += noise * noise;
      }
    }
    add(sum * StraightGrid::along_um * StraightGrid::across_um /
        (light_scale_um2 * station_.shaft));
    add(sum / sqrtf(3 * variance));
    float mean = 0;
    for (int deeper = -1; deeper <= 1; ++deeper) {
      for (int along = -2; along <= 2; ++along) {
        for (int out = -2; out <= 2; ++out) {
          mean += excess_at(deeper, along, out) / 75;
        }
      }
    }
    add(mean / station_.shaft);
  }

  BRAMBLE_HD void add_spread_of_excess() noexcept {
    const float here = larger(1, at(forms_.excess, 0, 0, 0));
    add_along(forms_.excess, 4, 0, here);
    add(larger(at(forms_.excess, 0, -8, 0), at(forms_.excess, 0, 8, 0)) / here);
    add(at(forms_.excess, 0, 0, 8) / here);
  }

  const SpineForms& forms_;
  const EvidencePlace& place_;
  const Station& station_;
  int side_;
  float fine_ = 0;
  float medium_ = 0;
  float head_ = 0;
  float half_width_ = 0;
  float* next_ = nullptr;
};

}  // namespace bramble
