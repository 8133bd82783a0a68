#include "jobs/shared_step.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include <cstdio>

namespace bramble {

SharedStep on_rank_0(const Communicator& ranks, const std::function<std::string()>& step) {
  SharedStep shared;
  if (ranks.rank() == 0) {
    try {
      shared.text = step();
    } catch (const std::exception& error) {
      report_error(error.what());
      shared.code = exit_code_of(error);
    }
  }
  const nlohmann::json message = {{"code", static_cast<int>(shared.code)}, {"text", shared.text}};
  const nlohmann::json received = nlohmann::json::parse(ranks.broadcast(message.dump()));
  return {.code = static_cast<ExitCode>(received.at("code").get<int>()),
          .text = received.at("text")};
}

void report_error(const std::string& message) {
  spdlog::error(message);
  fmt::print(stderr, "bramble: {}\n", message);
}

}  // namespace bramble
