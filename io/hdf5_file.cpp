#include "io/hdf5_file.hpp"

#include "io/hdf5_calls.hpp"
#include "kernels/core/error.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>

namespace bramble {
namespace {

H5Plist file_access(bool use_locks) {
  H5Plist access = create_property_list(H5P_FILE_ACCESS);
  constexpr hbool_t ignore_when_disabled = true;
  check_hdf5(H5Pset_file_locking(access.get(), use_locks, ignore_when_disabled), "set",
             "file locking");
  // Closing fails when a handle of the file is still open, instead of leaving the file open.
  check_hdf5(H5Pset_fclose_degree(access.get(), H5F_CLOSE_SEMI), "set", "the way of closing");
  return access;
}

void check_readable(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    throw DataError("is a folder, expected an HDF5 file; give the files in it");
  }
  if (::access(path.c_str(), R_OK) != 0) {
    throw DataError(std::string("cannot be opened (") + std::strerror(errno) +
                    "); check the path and its permissions");
  }
}

}  // namespace

H5File open_file_read_only(const std::string& path) {
  check_readable(path);
  const H5Plist access = file_access(true);
  const hid_t id = H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.get());
  if (id >= 0) {
    return H5File(id);
  }
  try {
    throw_hdf5_error("open", "the file");
  } catch (const DataError& error) {
    const std::string what = error.what();
    if (what.find("lock file") != std::string::npos) {
      throw DataError(what +
                      "; another program writes to it, or its file system has no locks: wait for "
                      "the writer, or set HDF5_USE_FILE_LOCKING=FALSE in the environment");
    }
    throw DataError(what +
                    "; expected a whole HDF5 file: it may be of another format, cut short while it "
                    "was copied, or still being written; copy it again");
  }
}

H5File create_file(const std::string& path, FileVersion version) {
  const H5Plist access = file_access(false);
  const H5F_libver_t oldest =
      version == FileVersion::checksummed ? H5F_LIBVER_V110 : H5F_LIBVER_EARLIEST;
  check_hdf5(H5Pset_libver_bounds(access.get(), oldest, H5F_LIBVER_V110), "set",
             "the format bounds");
  const H5Plist creation = create_property_list(H5P_FILE_CREATE);
  check_hdf5(H5Pset_obj_track_times(creation.get(), false), "set", "object times");
  return H5File(checked_id(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation.get(), access.get()),
                           "create file", path));
}

void close_file(H5File& file, const std::string& path) {
  check_hdf5(H5Fflush(file.get(), H5F_SCOPE_LOCAL), "flush file", path);
  check_hdf5(H5Fclose(file.release()), "close file", path);
}

}  // namespace bramble
