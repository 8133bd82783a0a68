#include "kernels/spine/spine_evidence.hpp"

#include "kernels/core/for_each_voxel.hpp"
#include "kernels/spine/evidence_at.hpp"

namespace bramble {

namespace {

struct MeasurePlace {
  SpineForms forms;
  const Station* stations;
  const EvidencePlace* places;
  float* evidence;

  BRAMBLE_HD void operator()(std::int64_t i) const noexcept {
    EvidenceAt at(forms, stations, places[i]);
    at.measure(evidence + i * num_evidence);
  }
};

// A place does a thousand times the work of a voxel.
constexpr std::int64_t serial_places_below = 32;

}  // namespace

void measure_evidence(const Exec& exec, const SpineForms& forms, const Station* stations,
                      const EvidencePlace* places, std::int64_t num_places, float* evidence) {
  for_each_index(exec, num_places, MeasurePlace{forms, stations, places, evidence},
                 serial_places_below);
}

}  // namespace bramble
