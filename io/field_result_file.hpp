#pragma once

#include "pipeline/records/field_result.hpp"

#include <string>

namespace bramble {

// One small HDF5 file per field of view, written and marked as a stack result is.
void write_field_result(const std::string& path, const FieldResult& result);
FieldResult read_field_result(const std::string& path);  // throws DataError

}  // namespace bramble
