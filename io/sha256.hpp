#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bramble {

// SHA-256 as 64 lower-case hex digits.
std::string sha256(const void* bytes, std::size_t num_bytes);
std::string sha256(std::string_view text);
std::string sha256_of_file(const std::string& path);  // throws DataError when it cannot be read

}  // namespace bramble
