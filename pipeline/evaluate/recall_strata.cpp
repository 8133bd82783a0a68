#include "pipeline/evaluate/recall_strata.hpp"

#include "pipeline/evaluate/share.hpp"

#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <string>

namespace bramble {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

struct Property {
  std::string name;
  std::vector<double> edges;
  std::function<double(const TruthSpine&)> value;
};

std::vector<Property> properties(double peak_photons) {
  return {
      {"head_diameter_um",
       {0.25, 0.35, 0.45, 0.6, 0.8, 1.2, infinity},
       [](const TruthSpine& spine) { return spine.head_diameter_um; }},
      {"contrast",
       {0, 0.1, 0.2, 0.3, 0.5, 1, infinity},
       [](const TruthSpine& spine) { return spine.contrast; }},
      {"neighbour_um",
       {0, 0.6, 1.2, infinity},
       [](const TruthSpine& spine) { return spine.neighbour_um; }},
      {"d_prime",
       {0, 3, 6, 9, 12, 18, infinity},
       [](const TruthSpine& spine) { return spine.d_prime; }},
      {"head_photons",
       {0, 1, 3, 10, 30, infinity},
       [peak_photons](const TruthSpine& spine) { return spine.contrast * peak_photons; }},
  };
}

struct Count {
  int found = 0;
  int all = 0;
};

// The bin that holds the value: the last edge not above it; -1 below the first or without a value.
int bin_of(double value, const std::vector<double>& edges) {
  int bin = -1;
  while (bin + 2 < static_cast<int>(edges.size()) &&
         value >= edges[static_cast<std::size_t>(bin + 1)]) {
    ++bin;
  }
  return bin;
}

// Which true spines the study describes by this property at all: in a truth that knows neighbours,
// a spine without one has none.
bool is_known(const std::vector<StackMatch>& matches, const Property& property) {
  for (const StackMatch& match : matches) {
    for (const TruthSpine& spine : match.truth->spines) {
      if (!std::isnan(property.value(spine))) {
        return true;
      }
    }
  }
  return false;
}

std::vector<Count> count_bins(const std::vector<StackMatch>& matches, const Property& property) {
  std::vector<Count> counts(property.edges.size() - 1);
  const bool absent_is_far = property.name == "neighbour_um";
  for (const StackMatch& match : matches) {
    for (std::size_t i = 0; i < match.truth->spines.size(); ++i) {
      const TruthSpine& spine = match.truth->spines[i];
      const double value = property.value(spine);
      const int bin = std::isnan(value) && absent_is_far ? static_cast<int>(counts.size()) - 1
                                                         : bin_of(value, property.edges);
      if (!spine.counts || bin < 0) {
        continue;
      }
      Count& count = counts[static_cast<std::size_t>(bin)];
      ++count.all;
      count.found += match.found_of_truth[i] >= 0 ? 1 : 0;
    }
  }
  return counts;
}

}  // namespace

std::vector<RecallStratum> recall_strata(const std::vector<StackMatch>& matches,
                                         double peak_photons) {
  std::vector<RecallStratum> strata;
  for (const Property& property : properties(peak_photons)) {
    if (!is_known(matches, property)) {
      continue;
    }
    const std::vector<Count> counts = count_bins(matches, property);
    for (std::size_t bin = 0; bin < counts.size(); ++bin) {
      strata.push_back({.by = property.name,
                        .low = property.edges[bin],
                        .high = property.edges[bin + 1],
                        .recall = share_of(counts[bin].found, counts[bin].all)});
    }
  }
  return strata;
}

}  // namespace bramble
