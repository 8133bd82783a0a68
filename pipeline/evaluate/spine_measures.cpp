#include "pipeline/evaluate/spine_measures.hpp"

#include "pipeline/evaluate/share.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <string_view>
#include <utility>

namespace bramble {
namespace {

constexpr double smallest_sized_head_um = 0.45;  // below, an image says little about the size

struct Hit {
  const TruthSpine* truth;
  const Spine* found;
};

std::vector<Hit> hits_of(const std::vector<StackMatch>& matches) {
  std::vector<Hit> hits;
  for (const StackMatch& match : matches) {
    for (std::size_t i = 0; i < match.truth->spines.size(); ++i) {
      const int found = match.found_of_truth[i];
      if (found >= 0) {
        hits.push_back(
            {&match.truth->spines[i], &match.found[static_cast<std::size_t>(found)]->spine});
      }
    }
  }
  return hits;
}

bool has_diameters(const Hit& hit) {
  return !std::isnan(hit.truth->head_diameter_um) && !std::isnan(hit.found->head_diameter_um);
}

double found_diameter_um(const Hit& hit) { return double{hit.found->head_diameter_um}; }

double standard_deviation(const std::vector<double>& values) {
  const double mean = mean_of(values);
  double sum = 0;
  for (const double value : values) {
    sum += (value - mean) * (value - mean);
  }
  return values.size() < 2 ? not_available
                           : std::sqrt(sum / static_cast<double>(values.size() - 1));
}

HeadSizeScore head_size_score(const std::vector<Hit>& hits, double low_um, double high_um) {
  std::vector<double> errors;
  std::vector<double> ratios;
  for (const Hit& hit : hits) {
    const double true_um = hit.truth->head_diameter_um;
    if (has_diameters(hit) && true_um >= low_um && true_um < high_um) {
      errors.push_back(found_diameter_um(hit) - true_um);
      ratios.push_back(found_diameter_um(hit) / true_um);
    }
  }
  return {.low_um = low_um,
          .high_um = high_um,
          .n = static_cast<int>(errors.size()),
          .bias_um = mean_of(errors),
          .sd_um = standard_deviation(errors),
          .median_bias_frac = quantile(ratios, 0.5) - 1};
}

bool is_away_from(double value, double threshold) {
  constexpr double margin_frac = 0.10;
  return std::abs(value - threshold) >= margin_frac * threshold;
}

bool is_clear_cut(const TruthSpine& spine) {
  return is_away_from(spine.head_diameter_um, 0.40) && is_away_from(spine.head_diameter_um, 0.60) &&
         is_away_from(spine.neck_length_um, 0.15) && is_away_from(spine.length_um, 1.0) &&
         is_away_from(spine.length_um, 2.0);
}

std::string_view class_name(SpineClass spine_class) {
  return spine_class_names.at(static_cast<std::size_t>(spine_class));
}

}  // namespace

LocalisationScore localisation_score(const std::vector<StackMatch>& matches) {
  std::vector<double> lateral;
  std::vector<double> axial;
  for (const Hit& hit : hits_of(matches)) {
    lateral.push_back(distance_in_plane_um(hit.found->head, hit.truth->head));
    axial.push_back(std::abs(hit.found->head.z_um - hit.truth->head.z_um));
  }
  return {.n = static_cast<int>(lateral.size()),
          .lateral_mean_um = mean_of(lateral),
          .lateral_p95_um = quantile(lateral, 0.95),
          .axial_mean_um = mean_of(axial),
          .axial_p95_um = quantile(axial, 0.95)};
}

std::vector<HeadSizeScore> head_size_scores(const std::vector<StackMatch>& matches) {
  constexpr std::array<double, 6> edges_um{0.25, 0.35, 0.45, 0.6, 0.8, 1.2};
  const std::vector<Hit> hits = hits_of(matches);
  std::vector<HeadSizeScore> scores;
  for (std::size_t i = 0; i + 1 < edges_um.size(); ++i) {
    scores.push_back(head_size_score(hits, edges_um[i], edges_um[i + 1]));
  }
  for (const HeadSizeScore& score : scores) {
    if (score.n > 0) {
      return scores;
    }
  }
  return {};
}

double head_diameter_bias(const std::vector<StackMatch>& matches) {
  return head_size_score(hits_of(matches), smallest_sized_head_um,
                         std::numeric_limits<double>::infinity())
      .median_bias_frac;
}

std::vector<ClassPair> class_pairs(const std::vector<StackMatch>& matches) {
  std::map<std::pair<std::string, std::string>, ClassPair> pairs;
  for (const Hit& hit : hits_of(matches)) {
    if (hit.truth->spine_class.empty()) {
      continue;
    }
    const std::string found_class(class_name(hit.found->spine_class));
    ClassPair& pair = pairs[{hit.truth->spine_class, found_class}];
    pair.truth_class = hit.truth->spine_class;
    pair.run_class = found_class;
    ++pair.n;
    pair.n_clear_cut += is_clear_cut(*hit.truth) ? 1 : 0;
  }
  std::vector<ClassPair> rows;
  for (const auto& [classes, pair] : pairs) {
    rows.push_back(pair);
  }
  return rows;
}

}  // namespace bramble
