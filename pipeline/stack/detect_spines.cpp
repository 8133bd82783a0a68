#include "pipeline/stack/detect_spines.hpp"

#include "pipeline/stack/spine_score.hpp"

namespace bramble {

std::vector<Spine> detect_spines(const std::vector<Voxel>& maxima, const std::vector<Spur>& spurs,
                                 const ShaftIndex& shafts, const SpineVolumes& volumes,
                                 const NoiseModel& noise, const DetectParams& params) {
  const std::vector<SpineCandidate> candidates =
      gather_candidates(maxima, spurs, shafts, volumes, params.candidates);
  std::vector<SpineFeatures> features;
  std::vector<float> probabilities;
  for (const SpineCandidate& candidate : candidates) {
    features.push_back(measure_features(candidate, shafts, volumes, noise));
    probabilities.push_back(spine_probability(features.back()));
  }
  std::vector<Spine> spines;
  for (const std::size_t i : suppress_duplicates(candidates, probabilities, params.duplicates)) {
    if (probabilities[i] >= params.keep_probability) {
      spines.push_back(measure_spine(candidates[i], features[i], probabilities[i], shafts, volumes,
                                     params.measure));
      spines.back().id = static_cast<int>(spines.size()) - 1;
    }
  }
  return spines;
}

}  // namespace bramble
