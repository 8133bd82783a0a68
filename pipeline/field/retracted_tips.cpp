#include "pipeline/field/retracted_tips.hpp"

#include "kernels/core/interpolate.hpp"
#include "pipeline/field/field_dendrites.hpp"
#include "pipeline/field/median.hpp"
#include "pipeline/records/flags.hpp"
#include "pipeline/stack/centreline.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace bramble {

namespace {

constexpr double shortest_loss_um = 3;
constexpr double compared_um = 10;
constexpr double step_um = 0.5;
constexpr double reach_um = 1.0;  // the alignment of sessions is that good
constexpr double beside_um = 2.5;
constexpr double border_um = 1.5;
constexpr double largest_rest = 0.3;

// One session's view of a shaft of the field.
class ShaftView {
 public:
  ShaftView(const AlignedField& field, std::size_t shaft, std::size_t session)
      : line_(field.shafts.lines[shaft]),
        transform_(field.alignments[session].transform),
        alignment_(field.stacks[session]->alignment.view()),
        acquisition_(field.stacks[session]->acquisition) {}

  bool shows(double path_um) const {
    if (alignment_.extent.num_voxels() == 0) {
      return false;  // a result without its picture
    }
    const Position p = place(path_um);
    const auto within = [](double value_um, int size, float spacing_um, double margin_um) {
      return value_um >= margin_um &&
             value_um <= (size - 1) * static_cast<double>(spacing_um) - margin_um;
    };
    const Extent extent = acquisition_.extent;
    const Spacing spacing = acquisition_.spacing;
    return within(p.z_um, extent.z, spacing.z_um, static_cast<double>(spacing.z_um)) &&
           within(p.y_um, extent.y, spacing.y_um, border_um) &&
           within(p.x_um, extent.x, spacing.x_um, border_um);
  }

  // The brightest value near the shaft's place over the level on both sides of it.
  double contrast(double path_um) const {
    const Position middle = place(path_um);
    const Position across = in_plane_normal(line_.direction(path_um));
    double brightest = 0;
    for (const double slice : {-1.0, 0.0, 1.0}) {
      const Position up{slice * static_cast<double>(alignment_.spacing.z_um), 0, 0};
      for (double u = -reach_um; u <= reach_um; u += reach_um / 2) {
        brightest = std::max(brightest, value(middle + up + across * u));
      }
    }
    const double beside =
        (value(middle + across * beside_um) + value(middle - across * beside_um)) / 2;
    return brightest - beside;
  }

 private:
  Position place(double path_um) const { return transform_.to_session(line_.at(path_um)); }
  double value(Position p) const { return static_cast<double>(interpolate(alignment_, p)); }

  const Centreline& line_;
  SessionTransform transform_;
  VolumeView<const float> alignment_;
  const Acquisition& acquisition_;
};

// Path positions of one of the ends of a dendrite, and the way outwards.
struct Tip {
  double now_um = 0;
  double before_um = 0;
  double outwards = 1;

  double lost_um() const { return outwards * (before_um - now_um); }
};

bool is_retracted(const ShaftView& view, const Tip& tip) {
  if (tip.lost_um() < shortest_loss_um) {
    return false;
  }
  std::vector<double> rest;
  for (double at_um = reach_um; at_um <= shortest_loss_um; at_um += step_um) {
    const double path_um = tip.now_um + tip.outwards * at_um;
    if (!view.shows(path_um)) {
      return false;
    }
    rest.push_back(view.contrast(path_um));
  }
  std::vector<double> traced;
  for (double at_um = reach_um; at_um <= compared_um; at_um += step_um) {
    traced.push_back(view.contrast(tip.now_um - tip.outwards * at_um));
  }
  const double usual = median(traced);
  return usual > 0 && median(rest) < largest_rest * usual;
}

void flag_rows(const std::string& id, int session, std::vector<FieldDendrite>& rows) {
  for (FieldDendrite& row : rows) {
    if (row.dendrite_id == id && row.session == session) {
      row.flags = with_flag(row.flags, "retracted_tip");
    }
  }
}

}  // namespace

void flag_retracted_tips(const AlignedField& field,
                         const std::vector<std::vector<TracedShaft>>& traced,
                         std::vector<FieldDendrite>& rows) {
  for (std::size_t shaft = 0; shaft < traced.size(); ++shaft) {
    bool seen = false;
    PathWindow before;
    for (std::size_t session = 0; session < traced[shaft].size(); ++session) {
      const std::vector<PathWindow>& windows = traced[shaft][session].windows;
      if (windows.empty()) {
        continue;
      }
      const PathWindow now{windows.front().low_um, windows.back().high_um};
      const ShaftView view(field, shaft, session);
      const Tip low{now.low_um, before.low_um, -1};
      const Tip high{now.high_um, before.high_um, 1};
      if (seen && (is_retracted(view, low) || is_retracted(view, high))) {
        flag_rows(dendrite_id(static_cast<int>(shaft)), static_cast<int>(session), rows);
      }
      before = seen ? PathWindow{std::min(before.low_um, now.low_um),
                                 std::max(before.high_um, now.high_um)}
                    : now;
      seen = true;
    }
  }
}

}  // namespace bramble
