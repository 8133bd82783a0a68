#pragma once

#include "kernels/core/counts.hpp"
#include "kernels/core/exec.hpp"
#include "kernels/restore/stack_psf.hpp"
#include "pipeline/records/parameters.hpp"
#include "pipeline/records/stack_result.hpp"
#include "pipeline/stack/detect_spines.hpp"

#include <functional>
#include <memory>
#include <string>

namespace bramble {

// Called after each stage with its name ("restore", "segment", ...) and seconds.
using StageObserver = std::function<void(const std::string& stage, double seconds)>;

// The stages of one stack, in order: background -> motion -> restore -> segment -> trace -> detect
// -> measure. Holds every working volume, so that the second stack of a shape allocates nothing.
// One analyser per rank; not thread-safe.
class StackAnalyser {
 public:
  StackAnalyser(Exec exec, Parameters parameters);
  ~StackAnalyser();
  StackAnalyser(StackAnalyser&&) noexcept;
  StackAnalyser& operator=(StackAnalyser&&) noexcept;

  // `psf`: that of the calibration. `counts`: the voxels as stored, on the host, saturated and
  // offset as they are. Fills every field of the result but the provenance.
  // Deterministic: the same for any number of threads. Throws DataError when the stack cannot be
  // analysed (empty, constant, not finite), ResourceError without the memory for it.
  StackResult analyse(const StackIdentity& identity, const Acquisition& acquisition,
                      const Calibration& calibration, const StackPsf& psf, CountsView counts,
                      const StageObserver& observe);

  // What the spines of the last stack were selected from, as it lies in the stored stack.
  const ScoredCandidates& candidates() const noexcept;

 private:
  struct Workspace;
  Exec exec_;
  Parameters parameters_;
  std::unique_ptr<Workspace> workspace_;
};

}  // namespace bramble
