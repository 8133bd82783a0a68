#include "jobs/psf_depth_fields.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <limits>

namespace bramble {
namespace {

constexpr double unlimited = std::numeric_limits<double>::infinity();
constexpr double least_length_um = 1e-3;

// A file has a folder, an ending or a place within it.
bool looks_like_file(const std::string& psf) {
  return psf.find_first_of("./:") != std::string::npos;
}

std::string own_problem(PsfDepth depth) {
  for (const ParameterField& field : psf_depth_fields(depth)) {
    if (const std::string problem = range_problem(field); !problem.empty()) {
      return fmt::format("{}: {}", field.key, problem);
    }
  }
  if (depth.psf != "gaussian" && !looks_like_file(depth.psf)) {
    return fmt::format(
        "psf \"{}\" is unknown, expected gaussian or a file as in beads.h5:/psf/measured",
        depth.psf);
  }
  if (depth.from_um >= depth.to_um) {
    return fmt::format("from_um {} is not above to_um {}", depth.from_um, depth.to_um);
  }
  return {};
}

std::string problem_with_place(float from_um, float expected_um) {
  if (from_um == expected_um) {
    return {};
  }
  return fmt::format("from_um is {}, expected {}, where the range before it ends: {}", from_um,
                     expected_um,
                     from_um < expected_um ? "the two overlap" : "the slices between have no PSF");
}

}  // namespace

std::vector<ParameterField> psf_depth_fields(PsfDepth& depth) {
  auto& [from_um, to_um, psf, psf_fwhm_xy_um, psf_fwhm_z_um] = depth;
  constexpr std::string_view table = "restore.psf_depths";
  return {
      {table, "from_um", &from_um, "of the first slice's depth", 0, 1e6},
      {table, "to_um", &to_um, "the range ends before it", least_length_um, unlimited},
      {table, "psf", &psf, "gaussian, or a file as in beads.h5:/psf/measured"},
      {table, "psf_fwhm_xy_um", &psf_fwhm_xy_um, "of the Gaussian PSF", least_length_um, 100},
      {table, "psf_fwhm_z_um", &psf_fwhm_z_um, "of the Gaussian PSF", least_length_um, 100},
  };
}

std::string psf_depths_to_toml(const std::vector<PsfDepth>& depths) {
  std::vector<std::string> ranges;
  for (PsfDepth depth : depths) {
    std::vector<std::string> members;
    for (const ParameterField& field : psf_depth_fields(depth)) {
      members.push_back(fmt::format("{} = {}", field.key, toml_value(field)));
    }
    ranges.push_back(fmt::format("{{ {} }}", fmt::join(members, ", ")));
  }
  return fmt::format("[{}]", fmt::join(ranges, ", "));
}

std::string psf_depths_problem(const std::vector<PsfDepth>& depths) {
  float expected_um = 0;
  for (std::size_t i = 0; i < depths.size(); ++i) {
    std::string problem = own_problem(depths[i]);
    if (problem.empty()) {
      problem = problem_with_place(depths[i].from_um, expected_um);
    }
    if (!problem.empty()) {
      return fmt::format("range {}: {}", i + 1, problem);
    }
    expected_um = depths[i].to_um;
  }
  return {};
}

}  // namespace bramble
