#pragma once

namespace bramble {

// From here on SIGTERM, SIGINT and SIGUSR1 (what a batch system sends before its time limit) ask
// the program to stop taking new work. A second signal more than a second later ends the process at
// once with exit code 75: nothing is lost, results are committed whole.
void catch_stop_signals();

// Whether such a signal came.
bool stop_requested() noexcept;

}  // namespace bramble
