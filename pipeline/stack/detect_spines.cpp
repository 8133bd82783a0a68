#include "pipeline/stack/detect_spines.hpp"

#include "pipeline/stack/spine_score.hpp"

namespace bramble {

std::vector<Spine> detect_spines(const std::vector<Voxel>& maxima, const std::vector<Spur>& spurs,
                                 const ShaftIndex& shafts, const SpineVolumes& volumes,
                                 const NoiseModel& noise, const DetectParams& params) {
  std::vector<SpineCandidate> candidates;
  std::vector<SpineFeatures> features;
  std::vector<float> probabilities;
  for (const SpineCandidate& candidate :
       gather_candidates(maxima, spurs, shafts, volumes, params.candidates)) {
    const SpineFeatures measured = measure_features(candidate, shafts, volumes, noise);
    if (measured.blob_snr < params.least_blob_snr) {
      continue;
    }
    candidates.push_back(candidate);
    features.push_back(measured);
    probabilities.push_back(spine_probability(measured));
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
