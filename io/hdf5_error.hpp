#pragma once

#include <hdf5.h>

#include <string>

namespace bramble {

// HDF5 prints its error stack by itself unless it is told not to. Silent in this thread from
// construction to destruction; every public function that calls HDF5 makes one first.
class Hdf5ErrorsSilenced {
 public:
  Hdf5ErrorsSilenced() noexcept;
  Hdf5ErrorsSilenced(const Hdf5ErrorsSilenced&) = delete;
  Hdf5ErrorsSilenced& operator=(const Hdf5ErrorsSilenced&) = delete;
  // Gives the caller's own setting back.
  ~Hdf5ErrorsSilenced();

 private:
  H5E_auto2_t function_ = nullptr;
  void* client_data_ = nullptr;
};

// Throws DataError("cannot <action> <name> (<the innermost message of the HDF5 error stack>)"). To
// be called right after the failing call: the next HDF5 call clears the stack.
[[noreturn]] void throw_hdf5_error(const char* action, const std::string& name);

inline hid_t checked_id(hid_t id, const char* action, const std::string& name) {
  if (id < 0) {
    throw_hdf5_error(action, name);
  }
  return id;
}

inline void check_hdf5(herr_t status, const char* action, const std::string& name) {
  if (status < 0) {
    throw_hdf5_error(action, name);
  }
}

}  // namespace bramble
