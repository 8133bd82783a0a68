#pragma once

#include <filesystem>
#include <string>

namespace bramble {

// From here on SIGTERM, SIGINT and SIGUSR1 (what a batch system sends before its time limit) ask
// the program to stop taking new work. A second signal more than a second later ends the process at
// once with exit code 75: nothing is lost, results are committed whole.
void catch_stop_signals();

// Has the handler of the first such signal append a line to a file that is there: whatever happens
// to the process then, it is known that it was told to. One at a time.
class StopNote {
 public:
  // At most 1000 bytes.
  StopNote(const std::filesystem::path& file, const std::string& line);
  ~StopNote();
  StopNote(const StopNote&) = delete;
  StopNote& operator=(const StopNote&) = delete;
};

// Whether such a signal came.
bool stop_requested() noexcept;

}  // namespace bramble
