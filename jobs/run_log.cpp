#include "jobs/run_log.hpp"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/null_sink.h>
#include <spdlog/spdlog.h>

#include <memory>

namespace bramble {

void log_nowhere() {
  spdlog::set_default_logger(
      std::make_shared<spdlog::logger>("bramble", std::make_shared<spdlog::sinks::null_sink_mt>()));
}

void log_to(const std::filesystem::path& path) {
  const auto sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(path.string());
  const auto logger = std::make_shared<spdlog::logger>("bramble", sink);
  logger->set_pattern("%Y-%m-%d %H:%M:%S.%e %l %v");
  logger->flush_on(spdlog::level::info);
  spdlog::set_default_logger(logger);
}

}  // namespace bramble
