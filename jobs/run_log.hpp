#pragma once

#include <filesystem>

namespace bramble {

// Where spdlog's default logger writes: nowhere until a run has a folder, then the one log of the
// run, which grows with every resume. Rank 0 logs for all.
void log_nowhere();
void log_to(const std::filesystem::path& path);

}  // namespace bramble
