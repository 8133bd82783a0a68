// spine_candidates OUT ITERATIONS ARCHIVE...: writes what the spine score sees of every candidate
// of every stack, for bench/train_spine_score.py: OUT/<stack id>.f32, rows of 4-byte floats:
// z, y, x of the head in um in the stored stack; dendrite; path, lateral and axial position in um;
// blob response over the shaft's brightness; then the values of spine_evidence.hpp. Beside it
// OUT/<stack id>.txt: subject, session, field, number of columns. ITERATIONS of the restoration are
// the same for all, so that no trial runs.
#include "io/archive_reader.hpp"
#include "jobs/input_scan.hpp"
#include "jobs/stack_psfs.hpp"
#include "kernels/spine/spine_evidence.hpp"
#include "pipeline/stack/calibrate.hpp"
#include "pipeline/stack/stack_analyser.hpp"

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace bramble {
namespace {

constexpr std::size_t blob_shaft = 6;  // its index among the values
constexpr int num_columns = 8 + num_evidence;

void write_candidates(const std::filesystem::path& stem, const StackIdentity& identity,
                      const ScoredCandidates& scored) {
  std::ofstream(stem.string() + ".txt") << identity.subject_id << '\n'
                                        << identity.session_id << '\n'
                                        << identity.fov_uid << '\n'
                                        << num_columns << '\n';
  std::ofstream rows(stem.string() + ".f32", std::ios::binary);
  for (std::size_t i = 0; i < scored.candidates.size(); ++i) {
    const SpineCandidate& candidate = scored.candidates[i];
    const float* evidence = scored.evidence.data() + i * num_evidence;
    std::vector<float> row;
    for (const double value :
         {candidate.head.z_um, candidate.head.y_um, candidate.head.x_um,
          static_cast<double>(candidate.shaft.dendrite), candidate.shaft.path_um,
          candidate.shaft.lateral_um, candidate.shaft.axial_um}) {
      row.push_back(static_cast<float>(value));
    }
    row.push_back(evidence[blob_shaft]);
    row.insert(row.end(), evidence, evidence + num_evidence);
    rows.write(reinterpret_cast<const char*>(row.data()),
               static_cast<std::streamsize>(row.size() * sizeof(float)));
  }
}

void run(const std::filesystem::path& out, int iterations,
         const std::vector<std::string>& archives) {
  std::filesystem::create_directories(out);
  Parameters parameters;
  parameters.restore.iterations = iterations;
  StackAnalyser analyser(cpu_exec, parameters);
  StackPsfs psfs(parameters.restore);
  for (const ManifestEntry& entry : scan_inputs(archives, parameters.input).stacks) {
    if (!entry.problem.empty()) {
      continue;
    }
    const std::vector<ChosenPsf> chosen = psfs.choose(entry, {});
    const Calibration calibration =
        calibrate(acquisition_condition(entry.acquisition, parameters.restore), parameters.restore,
                  {chosen.front().record}, {});
    const StackVoxels voxels = read_stack(entry);
    analyser.analyse(entry.identity, entry.acquisition, calibration, chosen.front().psf,
                     view_of(voxels.counts), {});
    write_candidates(out / entry.identity.stack_id, entry.identity, analyser.candidates());
  }
}

}  // namespace
}  // namespace bramble

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "spine_candidates OUT ITERATIONS ARCHIVE...\n");
    return 2;
  }
  try {
    bramble::run(argv[1], std::atoi(argv[2]), {argv + 3, argv + argc});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "spine_candidates: %s\n", error.what());
    return 1;
  }
  return 0;
}
