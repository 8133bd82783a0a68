#include "io/hdf5_error.hpp"

#include "kernels/core/error.hpp"

namespace bramble {
namespace {

herr_t keep_first_message(unsigned, const H5E_error2_t* error, void* text) {
  auto& message = *static_cast<std::string*>(text);
  if (message.empty() && error->desc != nullptr) {
    message = error->desc;
  }
  return 0;
}

std::string innermost_message() {
  std::string message;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_first_message, &message);
  return message.empty() ? "HDF5 gives no reason" : message;
}

}  // namespace

Hdf5ErrorsSilenced::Hdf5ErrorsSilenced() noexcept {
  // HDF5 1.10 leaks memory of an object header that fails its checksum, and would then print
  // "infinite loop closing library" when the program ends. All files are closed by their handles;
  // nothing is left to do at exit. No effect after the first HDF5 call of the process.
  H5dont_atexit();
  H5Eget_auto2(H5E_DEFAULT, &function_, &client_data_);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

Hdf5ErrorsSilenced::~Hdf5ErrorsSilenced() { H5Eset_auto2(H5E_DEFAULT, function_, client_data_); }

void throw_hdf5_error(const char* action, const std::string& name) {
  throw DataError(std::string("cannot ") + action + " " + name + " (" + innermost_message() + ")");
}

}  // namespace bramble
