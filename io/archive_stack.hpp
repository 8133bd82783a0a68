#pragma once

#include "pipeline/records/acquisition.hpp"
#include "pipeline/records/parameters.hpp"

#include <hdf5.h>

#include <string>

namespace bramble {

inline constexpr char archive_format[] = "two-photon-stack-archive";
inline constexpr char archive_format_version[] = "0.1";

// Fills `acquisition` from the attributes of a stack's dataset and of the chunk group that it
// belongs to; what was read before a problem stays. Throws DataError when the stack cannot be used:
// not 3-D, empty, of an unsupported type, stored with a filter that is not installed, not wholly
// stored, or without a plausible voxel size.
void read_acquisition(hid_t chunk, hid_t dataset, const InputParameters& parameters,
                      Acquisition& acquisition);

// Throws DataError when the dataset has not three axes that fit.
Extent extent_of_dataset(hid_t dataset);

// "uint8", "uint16", "int16" or "float32"; throws DataError for any other type.
std::string voxel_type_of_dataset(hid_t dataset);

}  // namespace bramble
