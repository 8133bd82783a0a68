#include "bench/restoration_quality_scene.hpp"
#include "bench/restoration_quality_sections.hpp"

#include <cstdio>
#include <exception>

// How good are restorations, against objects that are known? Prints tables in Markdown.
int main() {
  using namespace bramble;
  try {
    const SceneParams params;
    const QualityOptics gaussian = gaussian_optics(params.spacing);
    const QualityScene scene = make_scene(gaussian.model, params);
    report_curves(gaussian, scene, {5, 10, 20, 30, 100});
    const QualityOptics born_wolf = born_wolf_optics(params.spacing);
    report_curves(born_wolf, make_scene(born_wolf.model, params), {5, 20, 100});
    report_two_points(gaussian, scene);
    report_beads(gaussian, scene);
    report_necks(gaussian);
    report_false_spines();
    report_halves(gaussian, scene);
    report_residuals(gaussian, scene);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "restoration_quality: %s\n", error.what());
    return 1;
  }
  return 0;
}
