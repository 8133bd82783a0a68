#include "jobs/input_options.hpp"

#include "jobs/parameters_toml.hpp"
#include "kernels/core/error.hpp"

#include <charconv>
#include <cmath>
#include <sstream>

namespace bramble {

Spacing parse_voxel_size(const std::string& text) {
  std::vector<float> numbers;
  std::istringstream parts(text);
  bool readable = true;
  for (std::string part; std::getline(parts, part, ',');) {
    float number = 0;
    const char* const end = part.data() + part.size();
    const std::from_chars_result result = std::from_chars(part.data(), end, number);
    readable = readable && result.ec == std::errc() && result.ptr == end && std::isfinite(number) &&
               number > 0;
    numbers.push_back(number);
  }
  if (!readable || numbers.size() != 3 || text.back() == ',') {
    throw InvalidArgument("--voxel-size-um " + text +
                          ": expected three positive numbers z,y,x in um, for example 1,0.1,0.1");
  }
  return {.z_um = numbers[0], .y_um = numbers[1], .x_um = numbers[2]};
}

Parameters resolve_parameters(const InputOptions& options) {
  Parameters parameters = options.config.empty() ? Parameters() : read_parameters(options.config);
  if (!options.channel.empty()) {
    parameters.input.channel = options.channel;
  }
  if (!options.voxel_size_um.empty()) {
    parameters.input.voxel_size_um = parse_voxel_size(options.voxel_size_um);
  }
  check_parameters(parameters, options.config.empty() ? "command line" : options.config);
  return parameters;
}

}  // namespace bramble
