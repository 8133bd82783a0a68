#include "jobs/exit_code.hpp"

#include "kernels/core/error.hpp"

namespace bramble {

ExitCode exit_code_of(const std::exception& error) noexcept {
  if (dynamic_cast<const InvalidArgument*>(&error) != nullptr) {
    return ExitCode::usage;
  }
  if (dynamic_cast<const DataError*>(&error) != nullptr) {
    return ExitCode::nothing_usable;
  }
  if (dynamic_cast<const DeviceError*>(&error) != nullptr) {
    return ExitCode::no_device;
  }
  return ExitCode::internal_error;
}

}  // namespace bramble
