#include "jobs/rank_devices.hpp"

#include "jobs/shared_step.hpp"
#include "kernels/core/error.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <unistd.h>

namespace bramble {
namespace {

using nlohmann::json;

std::string host_name() {
  char name[256] = {};
  gethostname(name, sizeof name - 1);
  return name;
}

json to_json(const RankDevice& device) {
  return {
      {"rank", device.rank}, {"host", device.host},           {"num_threads", device.num_threads},
      {"id", device.id},     {"processor", device.processor}, {"problem", device.problem}};
}

RankDevice rank_device_from(const json& object) {
  return {.rank = object.at("rank"),
          .host = object.at("host"),
          .num_threads = object.at("num_threads"),
          .id = object.at("id"),
          .processor = object.at("processor"),
          .problem = object.at("problem")};
}

}  // namespace

std::string to_text(const RankDevice& device) {
  const std::string id = device.id == "cpu" ? "" : fmt::format(" ({})", device.id);
  return fmt::format("rank {} on {}: {}{}, {} threads", device.rank, device.host, device.processor,
                     id, device.num_threads);
}

std::optional<DeviceChoice> agree_on_devices(const Communicator& world, const Communicator& node,
                                             DeviceRequest request, int num_threads,
                                             std::vector<RankDevice>& all) {
  DeviceChoice choice;
  RankDevice mine{.rank = world.rank(),
                  .host = host_name(),
                  .num_threads = num_threads,
                  .id = {},
                  .processor = {},
                  .problem = {}};
  try {
    choice = choose_device(request, list_devices(), node.rank());
    mine.id = choice.id;
    mine.processor = choice.processor;
  } catch (const DeviceError& error) {
    mine.problem = error.what();
  }
  bool all_well = true;
  for (const std::string& text : world.all_gather(to_json(mine).dump())) {
    all.push_back(rank_device_from(json::parse(text)));
    const RankDevice& device = all.back();
    if (!device.problem.empty() && all_well && world.rank() == 0) {
      report_error(fmt::format("rank {} on {}: {}", device.rank, device.host, device.problem));
    }
    all_well = all_well && device.problem.empty();
  }
  return all_well ? std::optional(choice) : std::nullopt;
}

}  // namespace bramble
