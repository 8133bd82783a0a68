#pragma once

#include <string>

namespace bramble {

// What made a result. Nothing in it depends on time, rank or host name.
struct Provenance {
  std::string version;
  std::string commit;
  std::string parameters_hash;  // SHA-256 of the resolved parameters
  std::string input_sha256;  // of the voxels as read, little-endian, in the type they are stored in
  std::string backend;       // "cpu" or "cuda"
  std::string processor;     // model name of the CPU or GPU
};

}  // namespace bramble
