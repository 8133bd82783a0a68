#include "jobs/version.hpp"

#include "bramble_build/build_info.hpp"
#include "bramble_build/commit.hpp"
#include "kernels/core/device.hpp"

#include <CLI/Version.hpp>
#include <fmt/format.h>
#include <mpi.h>
#include <nlohmann/json.hpp>
#include <spdlog/version.h>
#include <toml++/toml.h>

namespace bramble {
namespace {

std::string mpi_version() {
  char text[MPI_MAX_LIBRARY_VERSION_STRING] = {};
  int length = 0;
  MPI_Get_library_version(text, &length);
  const std::string whole(text, static_cast<std::size_t>(length));
  // Open MPI goes on with package, build host and date.
  return whole.substr(0, whole.find(','));
}

}  // namespace

std::string version() { return build_info::version; }

std::string commit() { return build_info::commit; }

std::string version_report() {
  using namespace build_info;
  std::string text = fmt::format("bramble {} (commit {})", build_info::version, build_info::commit);
  const auto add = [&](const char* name, const std::string& value) {
    text += fmt::format("\n  {:<14}{}", name, value);
  };
  add("compiler", fmt::format("{}, {}, {}", compiler, build_type, cpu_architecture));
  add("CUDA", cuda_version());
  add("MPI", mpi_version());
  add("HDF5", hdf5);
  add("FFTW", fftw);
  add("libpng", png);
  add("OpenSSL", openssl);
  add("CLI11", CLI11_VERSION);
  add("toml++", fmt::format("{}.{}.{}", TOML_LIB_MAJOR, TOML_LIB_MINOR, TOML_LIB_PATCH));
  add("nlohmann-json", fmt::format("{}.{}.{}", NLOHMANN_JSON_VERSION_MAJOR,
                                   NLOHMANN_JSON_VERSION_MINOR, NLOHMANN_JSON_VERSION_PATCH));
  add("spdlog", fmt::format("{}.{}.{}", SPDLOG_VER_MAJOR, SPDLOG_VER_MINOR, SPDLOG_VER_PATCH));
  add("fmt",
      fmt::format("{}.{}.{}", FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100));
  return text;
}

}  // namespace bramble
