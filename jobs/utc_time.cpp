#include "jobs/utc_time.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <time.h>

#include <chrono>
#include <limits>

namespace bramble {

std::string utc_time() {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(now));
}

double seconds_of_utc(const std::string& text) {
  tm parts{};
  const char* const end = strptime(text.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  if (end == nullptr || *end != '\0') {
    return std::numeric_limits<double>::quiet_NaN();
  }
  return static_cast<double>(timegm(&parts));
}

}  // namespace bramble
