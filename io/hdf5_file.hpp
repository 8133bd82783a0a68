#pragma once

#include "io/hdf5_handle.hpp"

#include <string>

namespace bramble {

// Opens a file that somebody else may own. Throws DataError when it is missing, no HDF5 file,
// truncated or locked; a lock's message names HDF5_USE_FILE_LOCKING. On file systems without locks
// it is opened without one.
H5File open_file_read_only(const std::string& path);

// Which HDF5 versions can read what is written: any since 1.8, or 1.10 and later with checksums on
// all metadata.
enum class FileVersion { any_reader, checksummed };

// Creates a file without object times in its root, replacing one of the same name. No lock is
// taken: a new file has a temporary name that nobody else knows.
H5File create_file(const std::string& path, FileVersion version);

// Writes what is buffered and closes. Throws DataError when the disk refuses; a destructor could
// not say so.
void close_file(H5File& file, const std::string& path);

}  // namespace bramble
