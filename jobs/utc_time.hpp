#pragma once

#include <string>

namespace bramble {

// The time of day, "2026-11-24T08:00:00Z". For journals and locks, never for results.
std::string utc_time();

// Seconds since 1970 of such a text; not a number when it is none.
double seconds_of_utc(const std::string& text);

}  // namespace bramble
