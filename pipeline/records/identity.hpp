#pragma once

#include <limits>
#include <string>

namespace bramble {

inline constexpr double not_available = std::numeric_limits<double>::quiet_NaN();

// Which stack this is: one channel of one field of view of one animal in one session. Labels
// without "sub-", "sample-"; the session keeps its "ses-", the chunk its "chunk-".
struct StackIdentity {
  std::string stack_id;  // first 16 hex digits of SHA-256 over subject/session/sample/chunk/channel
  std::string subject_id;
  std::string group;           // treatment arm; empty when the archive names none
  std::string session_id;      // "ses-dm03"
  double day = not_available;  // days from treatment, negative before it
  std::string region;          // the chunk's `location`; empty when the archive names none
  std::string sample;
  std::string fov;      // "chunk-01", or "cortex_chunk-01" where the animal has several samples
  std::string fov_uid;  // the same in all sessions; empty when the archive names none
  std::string channel;
  std::string file;  // as given on the command line
  std::string path;  // HDF5 path of the dataset
};

}  // namespace bramble
