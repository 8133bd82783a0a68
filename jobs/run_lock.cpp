#include "jobs/run_lock.hpp"

#include "kernels/core/error.hpp"
#include "kernels/core/handle.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <mutex>

namespace bramble {
namespace {

namespace fs = std::filesystem;

struct FileDescriptorTraits {
  using value_type = int;
  static value_type null() noexcept { return -1; }
  static void close(value_type descriptor) noexcept { ::close(descriptor); }
};
using FileDescriptor = UniqueHandle<FileDescriptorTraits>;

// What lies under the name of a lock.
struct LockFile {
  std::string text;
  fs::file_time_type last_beat;
};

// Opening a file makes network file systems ask the server how it is now.
std::optional<LockFile> read_lock(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::error_code gone;
  const fs::file_time_type last_beat = fs::last_write_time(path, gone);
  if (!file || gone) {
    return std::nullopt;
  }
  return LockFile{.text = {std::istreambuf_iterator<char>(file), {}}, .last_beat = last_beat};
}

[[noreturn]] void throw_unwritable(const std::string& path, int error) {
  throw ResourceError(fmt::format(
      "{}: the lock of the run folder cannot be written ({}); check free space and permissions",
      path, std::strerror(error)));
}

void write_file(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text << std::flush;
  if (!file) {
    throw_unwritable(path, errno);
  }
}

bool create_exclusively(const std::string& path, const std::string& text) {
  const FileDescriptor file(::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0644));
  if (!file && errno == EEXIST) {
    return false;
  }
  if (!file || ::write(file.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
    throw_unwritable(path, errno);
  }
  return true;
}

// Whether `path` was free and is now this one's.
bool put_in_place(const std::string& proposal, const std::string& path, const std::string& text) {
  if (::link(proposal.c_str(), path.c_str()) == 0) {
    return true;
  }
  const int error = errno;
  // The server may have made the link, and its answer got lost on the way.
  struct stat status {};
  if (::stat(proposal.c_str(), &status) == 0 && status.st_nlink == 2) {
    return true;
  }
  if (error == EEXIST) {
    return false;
  }
  if (error == EPERM || error == EOPNOTSUPP || error == ENOSYS) {
    // A file system without hard links.
    return create_exclusively(path, text);
  }
  throw_unwritable(path, error);
}

[[noreturn]] void refuse(const RunFolder& folder, const LockHolder& holder) {
  throw InvalidArgument(fmt::format(
      "{}: another run works in this folder ({}); wait for its end (bramble status {} shows how "
      "far it is), stop it there, or give --out another folder; if that process is no more, delete "
      "{}",
      folder.root().string(), name_of(holder), folder.root().string(), folder.lock().string()));
}

}  // namespace

RunLock::RunLock(const RunFolder& folder, LockTiming timing) : timing_(timing) {
  const LockHolder holder = this_process();
  path_ = folder.lock();
  proposal_path_ = fmt::format("{}.{}.{}", path_, holder.host, holder.pid);
  own_text_ = to_text(holder);
  std::error_code error;
  fs::create_directories(folder.root(), error);
  if (error) {
    throw_unwritable(path_, error.value());
  }
  try {
    acquire(folder);
  } catch (...) {
    ::unlink(proposal_path_.c_str());
    throw;
  }
  ::unlink(proposal_path_.c_str());
  beats_ = std::jthread([this](const std::stop_token& stop) { keep_alive(stop); });
}

RunLock::~RunLock() {
  beats_.request_stop();
  beats_.join();
  const std::optional<LockFile> there = read_lock(path_);
  if (there && there->text == own_text_) {
    ::unlink(path_.c_str());
  }
}

void RunLock::acquire(const RunFolder& folder) {
  std::optional<LockFile> first_seen;
  while (true) {
    // Written anew each time: its age is the present on the clock of the file system.
    write_file(proposal_path_, own_text_);
    if (put_in_place(proposal_path_, path_, own_text_)) {
      return;
    }
    const std::optional<LockFile> there = read_lock(path_);
    if (!there) {
      continue;
    }
    const LockHolder holder = lock_holder_from(there->text);
    const Liveness liveness = liveness_of(holder);
    const fs::file_time_type now = fs::last_write_time(proposal_path_);
    const bool silent = now - there->last_beat > timing_.silence;
    if (liveness == Liveness::dead || (liveness == Liveness::unknown && silent)) {
      take_away(folder, there->text);
      continue;
    }
    const bool has_beaten = first_seen && (first_seen->text != there->text ||
                                           first_seen->last_beat != there->last_beat);
    if (liveness == Liveness::alive || has_beaten) {
      refuse(folder, holder);
    }
    if (!first_seen) {
      first_seen = there;
    }
    std::this_thread::sleep_for(timing_.beat / 10);
  }
}

// Between reading and removing a lock, another run may have taken it over. Those of one machine
// take turns; for those of others, what was removed is looked at again, and put back when it is not
// what was judged.
void RunLock::take_away(const RunFolder& folder, const std::string& text) {
  const FileDescriptor turn(::open(folder.root().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  // File systems that know no such turns are left to the second look.
  [[maybe_unused]] const int ignored = ::flock(turn.get(), LOCK_EX);
  const std::optional<LockFile> there = read_lock(path_);
  const std::string removed_path = proposal_path_ + ".removed";
  if (!there || there->text != text || ::rename(path_.c_str(), removed_path.c_str()) != 0) {
    return;
  }
  const std::optional<LockFile> removed = read_lock(removed_path);
  if (removed && removed->text != text) {
    [[maybe_unused]] const int put_back = ::link(removed_path.c_str(), path_.c_str());
  } else {
    taken_over_from_ = lock_holder_from(text);
  }
  ::unlink(removed_path.c_str());
}

void RunLock::keep_alive(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock guard(mutex);
  while (true) {
    wake.wait_for(guard, stop, timing_.beat, [] { return false; });
    if (stop.stop_requested()) {
      return;
    }
    const std::optional<LockFile> there = read_lock(path_);
    if (there && there->text == own_text_) {
      ::utimensat(AT_FDCWD, path_.c_str(), nullptr, 0);
    }
    lost_ = there && there->text != own_text_;
  }
}

std::optional<LockHolder> living_holder(const RunFolder& folder) {
  const std::optional<LockFile> there = read_lock(folder.lock());
  if (!there) {
    return std::nullopt;
  }
  const LockHolder holder = lock_holder_from(there->text);
  const Liveness liveness = liveness_of(holder);
  const bool recent = fs::file_time_type::clock::now() - there->last_beat < LockTiming().silence;
  const bool lives = liveness == Liveness::alive || (liveness == Liveness::unknown && recent);
  return lives ? std::optional(holder) : std::nullopt;
}

}  // namespace bramble
