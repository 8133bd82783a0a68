#pragma once

#include "pipeline/records/stack_result.hpp"

#include <string>

namespace bramble {

// One small HDF5 file per stack: every field of the record, without object times, so that equal
// results are equal files byte for byte. Its last object is the `complete` mark. Committed by
// rename.
void write_stack_result(const std::string& path, const StackResult& result);

// Throws DataError when the file is missing, torn (no `complete` mark) or of another format
// version.
StackResult read_stack_result(const std::string& path);

}  // namespace bramble
