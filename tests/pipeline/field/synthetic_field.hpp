#pragma once

#include "pipeline/records/field_result.hpp"
#include "pipeline/records/stack_result.hpp"
#include "tests/pipeline/field/draw_alignment.hpp"

#include <cmath>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace bramble {

// A spine as it is in the tissue. Its number is its identity.
struct TrueSpine {
  int number = 0;
  double path_um = 0;
  double lateral_um = 0;  // of the head; negative on the right
  double height_um = 0;
};

// A wavy dendrite that runs along x from `start`.
struct TrueDendrite {
  Position start;
  double length_um = 60;

  Position at(double path_um) const {
    return start + Position{1.5 * std::sin(path_um / 17), 3 * std::sin(path_um / 9), path_um};
  }
};

// Random numbers that are the same everywhere.
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : generator_(seed) {}
  double uniform() { return (static_cast<double>(generator_()) + 0.5) / 4294967296.0; }
  double normal() {
    return std::sqrt(-2 * std::log(uniform())) * std::cos(6.283185307179586 * uniform());
  }

 private:
  std::mt19937 generator_;
};

// About 0.6 spines per um, at least 0.6 um apart on one side.
inline std::vector<TrueSpine> random_spines(std::uint32_t seed, double length_um) {
  Dice dice(seed);
  std::vector<TrueSpine> spines;
  double last_um[2] = {-1, -1};
  for (double path_um = 1 - std::log(dice.uniform()) / 0.8; path_um < length_um - 1;
       path_um -= std::log(dice.uniform()) / 0.8) {
    const bool left = dice.uniform() < 0.5;
    if (path_um - last_um[left] < 0.6) {
      continue;
    }
    last_um[left] = path_um;
    const double lateral_um = 0.9 + 0.9 * dice.uniform();
    spines.push_back({.number = static_cast<int>(spines.size()),
                      .path_um = path_um,
                      .lateral_um = left ? lateral_um : -lateral_um,
                      .height_um = 0.4 * dice.normal()});
  }
  return spines;
}

// How a session shows the tissue.
struct View {
  Position shift;
  double jitter_um = 0;     // of every head and base in plane; twice that in z
  double stretch_frac = 0;  // path positions grow by this part: a warp along the dendrite
  std::uint32_t seed = 0;
  double traced_from_um = 0;
  double traced_to_um = 1e9;
};

// One session being put together.
class SyntheticSession {
 public:
  SyntheticSession(const std::string& session_id, double day) {
    stack_.identity.subject_id = "m1";
    stack_.identity.group = "saline";
    stack_.identity.region = "Cg1";
    stack_.identity.fov = "chunk-01";
    stack_.identity.session_id = session_id;
    stack_.identity.day = day;
    stack_.acquisition.extent = {24, 400, 800};
    stack_.acquisition.spacing = {1.0f, 0.1f, 0.1f};
  }

  // Adds a dendrite, traced in the part that the view shows, and the spines on that part.
  void add(const TrueDendrite& truth, const std::vector<TrueSpine>& spines, const View& view,
           float p_detect = 0.9f) {
    Dice dice(view.seed);
    Dendrite& dendrite = stack_.dendrites.emplace_back();
    dendrite.id = static_cast<int>(stack_.dendrites.size()) - 1;
    dendrite.snr = 10;
    const double from_um = std::max(view.traced_from_um, 0.0);
    const double to_um = std::min(view.traced_to_um, truth.length_um);
    for (double path_um = from_um; path_um <= to_um; path_um += 0.25) {
      dendrite.nodes.push_back(truth.at(path_um * (1 + view.stretch_frac)) + view.shift);
    }
    for (std::size_t i = 1; i < dendrite.nodes.size(); ++i) {
      dendrite.length_um += distance_um(dendrite.nodes[i - 1], dendrite.nodes[i]);
    }
    dendrite.length_usable_um = dendrite.length_um;
    dendrite.brightness_counts.assign(dendrite.nodes.size(), 100.0f);
    for (const TrueSpine& spine : spines) {
      if (spine.path_um >= from_um && spine.path_um <= to_um) {
        add_spine(truth, spine, view, dice, p_detect);
      }
    }
  }

  // The stack, with its alignment volume drawn. `number_of(id)` is the identity of its spine with
  // that id.
  StackResult& finish() {
    stack_.alignment = draw_alignment(stack_);
    return stack_;
  }
  StackResult& stack() { return stack_; }
  int number_of(int spine_id) const { return numbers_.at(static_cast<std::size_t>(spine_id)); }

 private:
  void add_spine(const TrueDendrite& truth, const TrueSpine& spine, const View& view, Dice& dice,
                 float p_detect) {
    const auto jitter = [&dice, &view] {
      return Position{2 * view.jitter_um * dice.normal(), view.jitter_um * dice.normal(),
                      view.jitter_um * dice.normal()};
    };
    const double path_um = spine.path_um * (1 + view.stretch_frac);
    const Position along = truth.at(path_um + 0.1) - truth.at(path_um - 0.1);
    const double in_plane = std::hypot(along.y_um, along.x_um);
    const Position left{0, -along.x_um / in_plane, along.y_um / in_plane};
    Spine& found = stack_.spines.emplace_back();
    found.id = static_cast<int>(stack_.spines.size()) - 1;
    found.dendrite = stack_.dendrites.back().id;
    found.base = truth.at(path_um) + view.shift + jitter();
    found.head = truth.at(path_um) + left * spine.lateral_um + Position{spine.height_um, 0, 0} +
                 view.shift + jitter();
    found.path_um = spine.path_um - std::max(view.traced_from_um, 0.0);
    found.side = spine.lateral_um > 0 ? 1 : -1;
    found.snr = 8;
    found.p_detect = p_detect;
    numbers_.push_back(spine.number);
  }

  StackResult stack_;
  std::vector<int> numbers_;
};

// The field's ids of a true spine: one per session that shows it as present.
inline std::map<int, std::vector<std::string>> ids_of_spines(
    const FieldResult& result, const std::vector<const SyntheticSession*>& sessions) {
  std::map<int, std::vector<std::string>> ids;
  for (const FieldSpine& row : result.spines) {
    if (row.state == SpineState::present) {
      ids[sessions[static_cast<std::size_t>(row.session)]->number_of(row.stack_spine)].push_back(
          row.spine_id);
    }
  }
  return ids;
}

}  // namespace bramble
