#include "jobs/command_devices.hpp"

#include "jobs/mpi_session.hpp"
#include "jobs/processors.hpp"
#include "kernels/core/device.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <unistd.h>

namespace bramble {
namespace {

using nlohmann::json;

json describe_rank(const Communicator& world) {
  char host[256] = {};
  gethostname(host, sizeof host - 1);
  json devices = json::array();
  for (const DeviceInfo& device : list_devices()) {
    devices.push_back(
        {{"index", device.index},
         {"name", device.name},
         {"uuid", device.uuid},
         {"compute", fmt::format("{}.{}", device.compute_major, device.compute_minor)},
         {"total_bytes", device.total_bytes},
         {"free_bytes", device.free_bytes}});
  }
  const int num_threads = set_threads(world.split_by_node(), 0);
  return {{"rank", world.rank()}, {"host", host},           {"num_threads", num_threads},
          {"cpu", cpu_model()},   {"cuda", cuda_version()}, {"devices", devices}};
}

void print_rank(const json& rank) {
  fmt::print("rank {} on {}: {} threads of {}\n", rank.at("rank").get<int>(),
             rank.at("host").get<std::string>(), rank.at("num_threads").get<int>(),
             rank.at("cpu").get<std::string>());
  for (const json& device : rank.at("devices")) {
    constexpr double gib = 1024.0 * 1024.0 * 1024.0;
    fmt::print("  CUDA device {}: {}, compute {}, {:.1f} of {:.1f} GiB free, {}\n",
               device.at("index").get<int>(), device.at("name").get<std::string>(),
               device.at("compute").get<std::string>(),
               static_cast<double>(device.at("free_bytes").get<std::int64_t>()) / gib,
               static_cast<double>(device.at("total_bytes").get<std::int64_t>()) / gib,
               device.at("uuid").get<std::string>());
  }
  if (rank.at("devices").empty()) {
    const bool cpu_only = rank.at("cuda").get<std::string>() == "none";
    fmt::print("  no CUDA device ({})\n",
               cpu_only ? "this program was built without CUDA" : "none is visible");
  }
}

}  // namespace

ExitCode devices_command(const DevicesOptions& options) {
  return with_mpi([&](const MpiSession& session) {
    json ranks = json::array();
    for (const std::string& text : session.world.all_gather(describe_rank(session.world).dump())) {
      ranks.push_back(json::parse(text));
    }
    if (session.world.rank() == 0 && options.json) {
      fmt::print("{}\n", ranks.dump(2));
    } else if (session.world.rank() == 0) {
      for (const json& rank : ranks) {
        print_rank(rank);
      }
    }
    return ExitCode::complete;
  });
}

}  // namespace bramble
