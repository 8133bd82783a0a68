#pragma once

#include <hdf5.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace bramble {

// What stack results and field results have in common: root attributes `format` and
// `format_version`, then the contents, then the `complete` mark with the number of rows of each
// table. Every byte lies under a checksum of HDF5, so a torn or flipped file is an error, never a
// value.
struct ResultFormat {
  const char* name;  // "bramble-stack-result"
  const char* version;
};

// Calls write(file), which returns the numbers for the mark, between the header and the mark.
// Committed by rename. Throws ResourceError when the disk refuses.
void write_result_file(const std::string& path, const ResultFormat& format,
                       const std::function<std::vector<std::int64_t>(hid_t file)>& write);

// Calls read(file) for a file with the right header and a `complete` mark; read returns the number
// of rows of each table, which must be those of the mark. Throws DataError with the path otherwise.
void read_result_file(const std::string& path, const ResultFormat& format,
                      const std::function<std::vector<std::int64_t>(hid_t file)>& read);

}  // namespace bramble
