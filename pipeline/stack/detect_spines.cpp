#include "pipeline/stack/detect_spines.hpp"

#include "kernels/spine/spine_evidence.hpp"
#include "pipeline/stack/spine_score.hpp"

#include <algorithm>

namespace bramble {

ScoredCandidates score_stack(const Exec& exec, StraightStack& stack, const ShaftIndex& shafts,
                             double max_lateral_um, LocalMaximaScratch& scratch) {
  ScoredCandidates scored;
  scored.candidates = gather_candidates(exec, stack, shafts, max_lateral_um, scratch);
  const auto size = static_cast<std::int64_t>(scored.candidates.size());
  Array<EvidencePlace> host(MemorySpace::host, size);
  for (std::int64_t i = 0; i < size; ++i) {
    host[i] = scored.candidates[static_cast<std::size_t>(i)].place;
  }
  Array<EvidencePlace> places(exec.space());
  copy(exec, host, places);
  Array<float> evidence(exec.space(), size * num_evidence);
  measure_evidence(exec, stack.forms(), stack.stations(), places.data(), size, evidence.data());
  scored.probabilities = score_candidates(exec, evidence, size);
  Array<float> host_evidence;
  copy(exec, evidence, host_evidence);
  scored.evidence.assign(host_evidence.begin(), host_evidence.end());
  return scored;
}

std::vector<Spine> select_spines(const ScoredCandidates& scored, const StraightStack& stack,
                                 const ShaftIndex& shafts, const DetectParams& params) {
  std::vector<Spine> spines;
  for (const std::size_t i :
       suppress_duplicates(scored.candidates, scored.probabilities, params.duplicates)) {
    if (scored.probabilities[i] < params.keep_probability) {
      continue;
    }
    spines.push_back(measure_spine(scored.candidates[i], scored.probabilities[i], shafts,
                                   stack.forms_on_host(), params.measure));
    spines.back().id = static_cast<int>(spines.size()) - 1;
  }
  return spines;
}

}  // namespace bramble
