#pragma once

#include <string>
#include <string_view>
#include <utility>

// The flags of a record are one text: names with commas between them, no name twice.
namespace bramble {

inline bool has_flag(std::string_view flags, std::string_view flag) {
  while (!flags.empty()) {
    const std::size_t comma = flags.find(',');
    if (flags.substr(0, comma) == flag) {
      return true;
    }
    flags.remove_prefix(comma == std::string_view::npos ? flags.size() : comma + 1);
  }
  return false;
}

// `flags` with `flag` at its end, unless it is there already or empty.
inline std::string with_flag(std::string flags, std::string_view flag) {
  if (flag.empty() || has_flag(flags, flag)) {
    return flags;
  }
  return flags.empty() ? std::string(flag) : flags + "," + std::string(flag);
}

// `flags` with every flag of `more` that it lacks.
inline std::string with_flags(std::string flags, std::string_view more) {
  while (!more.empty()) {
    const std::size_t comma = more.find(',');
    flags = with_flag(std::move(flags), more.substr(0, comma));
    more.remove_prefix(comma == std::string_view::npos ? more.size() : comma + 1);
  }
  return flags;
}

}  // namespace bramble
