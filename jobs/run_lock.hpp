#pragma once

#include "jobs/lock_holder.hpp"
#include "jobs/run_folder.hpp"

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <thread>

namespace bramble {

struct LockTiming {
  std::chrono::milliseconds beat{15000};     // how often a holder shows that it lives
  std::chrono::milliseconds silence{90000};  // after which one that cannot be seen counts as dead
};

// Keeps two runs out of one folder. The lock is a file that comes into being whole, by a hard link,
// which is atomic on network file systems too; a thread touches it as long as the holder lives.
// A holder on this machine is looked up among its processes. One elsewhere is watched: the ages of
// files are compared on the file system's own clock, so that clocks may differ between machines.
class RunLock {
 public:
  // Makes the folder. Throws InvalidArgument, naming the holder and what to do, when another run
  // works in the folder; ResourceError when it cannot be written. Takes at once over what a dead
  // process of this machine left; waits up to `silence` for a sign of life from elsewhere.
  explicit RunLock(const RunFolder& folder, LockTiming timing = {});
  ~RunLock();
  RunLock(const RunLock&) = delete;
  RunLock& operator=(const RunLock&) = delete;

  // Whom it was taken over from; nothing when the folder was free.
  const std::optional<LockHolder>& taken_over_from() const noexcept { return taken_over_from_; }

  // Another run has taken the folder over, because this process did not show signs of life (it was
  // suspended, or the file system was away): it must end.
  bool lost() const noexcept { return lost_; }

 private:
  void acquire(const RunFolder& folder);
  void take_away(const RunFolder& folder, const std::string& text);
  void keep_alive(const std::stop_token& stop);

  std::string path_;
  std::string proposal_path_;
  std::string own_text_;
  LockTiming timing_;
  std::optional<LockHolder> taken_over_from_;
  std::atomic<bool> lost_ = false;
  std::jthread beats_;
};

// Who holds the lock of a folder and seems to be alive, by this machine's clock. Changes nothing.
std::optional<LockHolder> living_holder(const RunFolder& folder);

}  // namespace bramble
