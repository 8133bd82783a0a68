#include "jobs/parameters_toml.hpp"

#include "io/sha256.hpp"
#include "jobs/fields_toml.hpp"
#include "jobs/parameter_fields.hpp"
#include "kernels/core/error.hpp"

#include <fmt/format.h>

namespace bramble {

Parameters parameters_from_toml(std::string_view text, const std::string& source) {
  Parameters parameters;
  assign_from_toml(text, source, parameter_fields(parameters));
  check_parameters(parameters, source);
  return parameters;
}

Parameters read_parameters(const std::string& path) {
  return parameters_from_toml(read_configuration(path), path);
}

std::string parameters_to_toml(const Parameters& parameters) {
  Parameters values = parameters;
  return fields_to_toml(parameter_fields(values));
}

std::string parameters_hash(const Parameters& parameters) {
  return sha256(parameters_to_toml(parameters));
}

std::vector<std::string> parameter_differences(const Parameters& there, const Parameters& here) {
  Parameters values_there = there;
  Parameters values_here = here;
  const std::vector<ParameterField> fields_there = parameter_fields(values_there);
  const std::vector<ParameterField> fields_here = parameter_fields(values_here);
  std::vector<std::string> differences;
  for (std::size_t i = 0; i < fields_here.size(); ++i) {
    const std::string value_there = toml_value(fields_there[i]);
    const std::string value_here = toml_value(fields_here[i]);
    if (value_there != value_here) {
      differences.push_back(fmt::format("{}.{}: {} there, {} here", fields_here[i].table,
                                        fields_here[i].key,
                                        value_there.empty() ? "not set" : value_there,
                                        value_here.empty() ? "not set" : value_here));
    }
  }
  return differences;
}

void check_parameters(const Parameters& parameters, const std::string& source) {
  Parameters values = parameters;
  for (const ParameterField& field : parameter_fields(values)) {
    const std::string problem = range_problem(field);
    if (!problem.empty()) {
      throw InvalidArgument(fmt::format("{}: {}.{}: {}", source, field.table, field.key, problem));
    }
  }
  const std::string& method = parameters.restore.method;
  if (method != "scaled_heavy_ball" && method != "richardson_lucy" && method != "total_variation") {
    throw InvalidArgument(fmt::format(
        "{}: restore.method \"{}\" is unknown; give scaled_heavy_ball, richardson_lucy or "
        "total_variation",
        source, method));
  }
  if (!parameters.restore.psf_depths.empty() && parameters.restore.psf != "auto") {
    throw InvalidArgument(fmt::format(
        "{}: restore.psf \"{}\" and restore.psf_depths both name the PSF; leave one of them out",
        source, parameters.restore.psf));
  }
  const SpineParameters& spines = parameters.spines;
  if (spines.keep_probability > spines.report_probability) {
    throw InvalidArgument(fmt::format(
        "{}: spines.keep_probability {} is above spines.report_probability {} (what is reported "
        "must be kept); lower it",
        source, spines.keep_probability, spines.report_probability));
  }
  const SegmentParameters& segment = parameters.segment;
  if (segment.low_threshold_noise > segment.high_threshold_noise) {
    throw InvalidArgument(fmt::format(
        "{}: segment.low_threshold_noise {} is above segment.high_threshold_noise {} (hysteresis "
        "grows from high to low); lower it",
        source, segment.low_threshold_noise, segment.high_threshold_noise));
  }
}

}  // namespace bramble
