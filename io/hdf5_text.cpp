#include "io/hdf5_text.hpp"

#include "io/hdf5_error.hpp"

#include <algorithm>

namespace bramble {

H5Type create_fixed_text_type(std::size_t longest) {
  H5Type type(checked_id(H5Tcopy(H5T_C_S1), "create", "a text type"));
  check_hdf5(H5Tset_size(type.get(), fixed_text_bytes(longest)), "set", "the length of a text");
  check_hdf5(H5Tset_strpad(type.get(), H5T_STR_NULLPAD), "set", "the padding of a text");
  check_hdf5(H5Tset_cset(type.get(), H5T_CSET_UTF8), "set", "the encoding of a text");
  return type;
}

std::vector<std::string> split_fixed_texts(const std::vector<char>& bytes, std::size_t text_bytes) {
  std::vector<std::string> texts;
  for (std::size_t start = 0; start + text_bytes <= bytes.size(); start += text_bytes) {
    const auto first = bytes.begin() + static_cast<std::ptrdiff_t>(start);
    const auto last = first + static_cast<std::ptrdiff_t>(text_bytes);
    texts.emplace_back(first, std::find(first, last, '\0'));
  }
  return texts;
}

}  // namespace bramble
