#pragma once

#include <source_location>
#include <stdexcept>
#include <string>

namespace bramble {

// The caller's fault: a parameter, option or argument outside its range. Ends the run before it
// starts (exit code 2).
class InvalidArgument : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

// The input's fault: one stack or file cannot be used. The message names file, place, what was
// found, what was expected and what to do. Fails that item; the run goes on (exit code 3).
class DataError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Not enough memory, disk or another resource for one item. Fails that item; the run goes on.
class ResourceError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The device or its driver failed: this process cannot go on with it (exit code 5).
class DeviceError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Throws InvalidArgument with the place of the call when `condition` is false.
// Message convention: what is wrong, with its values (why it matters); what to do.
inline void require(bool condition, const std::string& message,
                    std::source_location place = std::source_location::current()) {
  if (condition) {
    return;
  }
  throw InvalidArgument(std::string(place.function_name()) + ": " + message);
}

// The same without building a string on the good path.
inline void require(bool condition, const char* message,
                    std::source_location place = std::source_location::current()) {
  if (!condition) {
    require(false, std::string(message), place);
  }
}

}  // namespace bramble
