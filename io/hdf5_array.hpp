#pragma once

#include "io/hdf5_handle.hpp"
#include "kernels/core/volume.hpp"

#include <hdf5.h>

#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

namespace bramble {

// The HDF5 type of a C++ number, in memory and (all our machines are little-endian) in the file.
template <class T>
hid_t hdf5_type() {
  if constexpr (std::is_same_v<T, float>) {
    return H5T_NATIVE_FLOAT;
  } else if constexpr (std::is_same_v<T, double>) {
    return H5T_NATIVE_DOUBLE;
  } else if constexpr (std::is_same_v<T, std::uint8_t>) {
    return H5T_NATIVE_UINT8;
  } else if constexpr (std::is_same_v<T, std::uint16_t>) {
    return H5T_NATIVE_UINT16;
  } else if constexpr (std::is_same_v<T, std::int16_t>) {
    return H5T_NATIVE_INT16;
  } else if constexpr (std::is_same_v<T, std::int32_t>) {
    return H5T_NATIVE_INT32;
  } else {
    static_assert(std::is_same_v<T, std::int64_t>, "no HDF5 type for this");
    return H5T_NATIVE_INT64;
  }
}

// Creates a group without object times.
H5Group create_group(hid_t parent, const std::string& name);

// How an array lies in the file: shuffle + deflate 1 in chunks; with checksums a flipped bit is an
// error instead of a value.
struct ArrayLayout {
  std::vector<hsize_t> chunk;  // at most the shape
  bool checksums = true;
};

// Writes an array without object times and closes it again. An empty one has no chunks.
void write_array(hid_t parent, const std::string& name, hid_t type, const void* values,
                 const std::vector<hsize_t>& shape, const ArrayLayout& layout);

// The shape that a stored array has; throws DataError when there is none of that name.
std::vector<hsize_t> shape_of_array(hid_t parent, const std::string& name);

// Reads the whole array into room for all of it.
void read_array(hid_t parent, const std::string& name, hid_t type, void* values);

// One value or one row of `width` values per entry, in one chunk.
template <class T>
void write_rows(hid_t parent, const std::string& name, const std::vector<T>& values,
                hsize_t width) {
  std::vector<hsize_t> shape{values.size() / width};
  if (width > 1) {
    shape.push_back(width);
  }
  write_array(parent, name, hdf5_type<T>(), values.data(), shape, {.chunk = shape});
}

template <class T>
std::vector<T> read_rows(hid_t parent, const std::string& name) {
  hsize_t size = 1;
  for (const hsize_t length : shape_of_array(parent, name)) {
    size *= length;
  }
  std::vector<T> values(size);
  if (size > 0) {
    read_array(parent, name, hdf5_type<T>(), values.data());
  }
  return values;
}

// Texts of fixed length, that of the longest.
void write_texts(hid_t parent, const std::string& name, const std::vector<std::string>& texts);
std::vector<std::string> read_texts(hid_t parent, const std::string& name);

// A volume in chunks of one plane, with its spacing as the attribute element_size_um.
void write_volume(hid_t parent, const std::string& name, const Volume<float>& volume);
void read_volume(hid_t parent, const std::string& name, Volume<float>& volume);

}  // namespace bramble
