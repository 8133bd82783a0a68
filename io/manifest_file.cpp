#include "io/manifest_file.hpp"

#include "io/atomic_file.hpp"
#include "io/json_record.hpp"
#include "kernels/core/error.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace bramble {
namespace {

constexpr char manifest_format[] = "bramble-manifest";
constexpr int manifest_version = 1;

void check_header(const Json& document) {
  const std::string format = document.at("format").get<std::string>();
  const int version = document.at("format_version").get<int>();
  if (format != manifest_format || version != manifest_version) {
    throw DataError("is " + format + " of version " + std::to_string(version) + ", expected " +
                    manifest_format + " of version " + std::to_string(manifest_version) +
                    "; use the bramble that wrote it, or another run folder");
  }
}

}  // namespace

std::string manifest_to_text(const Manifest& manifest) {
  Json document;
  document["format"] = manifest_format;
  document["format_version"] = manifest_version;
  document.update(to_json_record(manifest));
  constexpr int indent = 1;
  // A file name may hold any bytes; those that are no UTF-8 are replaced.
  return document.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

Manifest manifest_from_text(const std::string& text, const std::string& source) {
  try {
    const Json document = Json::parse(text);
    check_header(document);
    Manifest manifest;
    JsonReader(document).read(manifest);
    return manifest;
  } catch (const nlohmann::json::exception& error) {
    throw DataError(source + ": is no manifest (" + error.what() +
                    "); delete it and run bramble scan again");
  } catch (const DataError& error) {
    throw DataError(source + ": " + error.what());
  }
}

void write_manifest(const std::string& path, const Manifest& manifest) {
  write_text_atomically(path, manifest_to_text(manifest));
}

Manifest read_manifest(const std::string& path) {
  std::ifstream file(path);
  if (!file) {
    throw DataError(path + ": cannot be opened (" + std::strerror(errno) +
                    "); expected the manifest of a run: run bramble scan first");
  }
  std::ostringstream text;
  text << file.rdbuf();
  return manifest_from_text(text.str(), path);
}

}  // namespace bramble
