#include "io/atomic_file.hpp"

#include "kernels/core/error.hpp"
#include "kernels/core/handle.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace bramble {
namespace {

struct FileDescriptorTraits {
  using value_type = int;
  static value_type null() noexcept { return -1; }
  static void close(value_type descriptor) noexcept { ::close(descriptor); }
};
using FileDescriptor = UniqueHandle<FileDescriptorTraits>;

[[noreturn]] void throw_system_error(const std::string& path, const char* what) {
  throw ResourceError(path + ": " + what + " (" + std::strerror(errno) +
                      "); check free space and permissions of the folder");
}

// Until this returns, a crash of the machine may leave an empty file or none under the name.
void flush_to_disk(const std::string& path, int open_flags) {
  const FileDescriptor descriptor(::open(path.c_str(), open_flags | O_CLOEXEC));
  if (!descriptor || ::fsync(descriptor.get()) != 0) {
    throw_system_error(path, "cannot be flushed to disk");
  }
}

// Removes the temporary file unless the rename has used it up.
struct TemporaryFileTraits {
  using value_type = const char*;
  static value_type null() noexcept { return nullptr; }
  static void close(value_type path) noexcept { ::unlink(path); }
};

}  // namespace

void write_atomically(const std::string& path,
                      const std::function<void(const std::string& temporary_path)>& write) {
  const std::filesystem::path parent = std::filesystem::path(path).parent_path();
  const std::string folder = parent.empty() ? "." : parent.string();
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    throw ResourceError(folder + ": the folder cannot be made (" + error.message() +
                        "); check its name and permissions");
  }

  const std::string temporary_path = path + "." + std::to_string(::getpid()) + ".tmp";
  UniqueHandle<TemporaryFileTraits> temporary(temporary_path.c_str());
  write(temporary_path);
  flush_to_disk(temporary_path, O_RDONLY);
  if (std::rename(temporary_path.c_str(), path.c_str()) != 0) {
    throw_system_error(path, "cannot be put in place");
  }
  temporary.release();
  flush_to_disk(folder, O_RDONLY | O_DIRECTORY);
}

void write_text_atomically(const std::string& path, const std::string& text) {
  write_atomically(path, [&](const std::string& temporary_path) {
    std::ofstream file(temporary_path, std::ios::binary | std::ios::trunc);
    file.write(text.data(), static_cast<std::streamsize>(text.size()));
    file.close();
    if (!file) {
      throw_system_error(temporary_path, "cannot be written");
    }
  });
}

}  // namespace bramble
