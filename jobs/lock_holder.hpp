#pragma once

#include <string>

namespace bramble {

// The process that holds the lock of a run folder, as the lock file says.
struct LockHolder {
  std::string host;
  int pid = 0;
  std::string process_start;  // in kernel ticks, since a pid may be given again
  std::string place;          // where pids mean the same: the boot of a machine and a pid namespace
  std::string since;          // UTC
};

// This process, from now on.
LockHolder this_process();

// One line of JSON.
std::string to_text(const LockHolder& holder);

// Nothing is known of the holder (empty names, pid 0) when the text is not such a line.
LockHolder lock_holder_from(const std::string& text);

// "process 4711 on node07, since 2026-11-24T08:00:00Z".
std::string name_of(const LockHolder& holder);

// `unknown` for a process of another machine or container: it cannot be seen from here.
enum class Liveness { alive, dead, unknown };
Liveness liveness_of(const LockHolder& holder);

}  // namespace bramble
