#include "jobs/provenance_toml.hpp"

#include "kernels/core/error.hpp"

#include <toml++/toml.h>

#include <sstream>

namespace bramble {

std::string provenance_to_toml(const Provenance& provenance) {
  const toml::table table{{"provenance", toml::table{
                                             {"version", provenance.version},
                                             {"commit", provenance.commit},
                                             {"parameters_hash", provenance.parameters_hash},
                                             {"backend", provenance.backend},
                                             {"processor", provenance.processor},
                                         }}};
  std::ostringstream text;
  text << table << "\n";
  return text.str();
}

Provenance read_provenance(const std::string& path) {
  try {
    const toml::table root = toml::parse_file(path);
    const auto text = [&](std::string_view key) {
      const auto value = root["provenance"][key].value<std::string>();
      require(value.has_value(), path + ": [provenance] lacks " + std::string(key) +
                                     "; the file is not one that bramble run wrote");
      return *value;
    };
    return {.version = text("version"),
            .commit = text("commit"),
            .parameters_hash = text("parameters_hash"),
            .input_sha256 = {},
            .backend = text("backend"),
            .processor = text("processor")};
  } catch (const toml::parse_error& error) {
    throw InvalidArgument(path + ": " + std::string(error.description()));
  }
}

}  // namespace bramble
