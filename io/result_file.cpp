#include "io/result_file.hpp"

#include "io/atomic_file.hpp"
#include "io/hdf5_array.hpp"
#include "io/hdf5_attribute.hpp"
#include "io/hdf5_error.hpp"
#include "io/hdf5_file.hpp"
#include "kernels/core/error.hpp"

namespace bramble {
namespace {

void check_attribute(hid_t file, const std::string& name, const std::string& expected) {
  const std::string found = read_text_attribute(file, name).value_or("nothing");
  if (found != expected) {
    throw DataError(name + "=\"" + found + "\", expected \"" + expected +
                    "\"; it was written by another program or version");
  }
}

std::vector<std::int64_t> complete_mark(hid_t file) {
  const std::optional<std::vector<double>> mark = read_number_attributes(file, "complete");
  if (!mark) {
    throw DataError("has no `complete` mark: writing it was interrupted");
  }
  return {mark->begin(), mark->end()};
}

}  // namespace

void write_result_file(const std::string& path, const ResultFormat& format,
                       const std::function<std::vector<std::int64_t>(hid_t file)>& write) {
  const Hdf5ErrorsSilenced silenced;
  try {
    write_atomically(path, [&](const std::string& temporary_path) {
      H5File file = create_file(temporary_path, FileVersion::checksummed);
      write_text_attribute(file.get(), "format", format.name);
      write_text_attribute(file.get(), "format_version", format.version);
      const std::vector<std::int64_t> num_rows = write(file.get());
      write_attribute(file.get(), "complete", hdf5_type<std::int64_t>(), num_rows.data(),
                      num_rows.size());
      close_file(file, temporary_path);
    });
  } catch (const DataError& error) {
    throw ResourceError(path + ": cannot be written: " + error.what() +
                        "; check free space and permissions of the folder");
  }
}

void read_result_file(const std::string& path, const ResultFormat& format,
                      const std::function<std::vector<std::int64_t>(hid_t file)>& read) {
  const Hdf5ErrorsSilenced silenced;
  try {
    const H5File file = open_file_read_only(path);
    check_attribute(file.get(), "format", format.name);
    check_attribute(file.get(), "format_version", format.version);
    const std::vector<std::int64_t> marked = complete_mark(file.get());
    if (read(file.get()) != marked) {
      throw DataError("holds other numbers of rows than its `complete` mark says");
    }
  } catch (const DataError& error) {
    throw DataError(path + ": " + error.what() + " [a " + format.name +
                    " can be made again: delete the file and resume the run]");
  }
}

}  // namespace bramble
