#pragma once

#include "io/hdf5_handle.hpp"

#include <string>
#include <vector>

namespace bramble {

// HDF5 has no text of length 0.
inline std::size_t fixed_text_bytes(std::size_t longest) { return longest == 0 ? 1 : longest; }

// UTF-8 of fixed length, filled with zeros.
H5Type create_fixed_text_type(std::size_t longest);

// Cuts a block of equally long texts, each at its first zero.
std::vector<std::string> split_fixed_texts(const std::vector<char>& bytes, std::size_t text_bytes);

}  // namespace bramble
