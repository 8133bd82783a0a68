#include "io/archive_stack.hpp"

#include "io/hdf5_attribute.hpp"
#include "io/hdf5_calls.hpp"
#include "kernels/core/error.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <vector>

namespace bramble {
namespace {

// What a microscope can have recorded: finer than any sampling, coarser than any that shows spines.
struct Range {
  double low;
  double high;
};
constexpr Range plausible_in_plane_um{0.02, 2.0};
constexpr Range plausible_axial_um{0.05, 10.0};

std::string name_of_type(hid_t type) {
  const std::size_t bits = 8 * H5Tget_size(type);
  const H5T_class_t type_class = H5Tget_class(type);
  if (type_class == H5T_FLOAT) {
    return fmt::format("float{}", bits);
  }
  if (type_class == H5T_INTEGER) {
    return fmt::format("{}int{}", H5Tget_sign(type) == H5T_SGN_NONE ? "u" : "", bits);
  }
  return "neither integer nor floating-point";
}

void check_filters(hid_t properties) {
  const int num_filters = H5Pget_nfilters(properties);
  check_hdf5(num_filters, "list", "the filters of the dataset");
  for (int i = 0; i < num_filters; ++i) {
    char name[64] = "";
    unsigned flags = 0;
    std::size_t num_values = 0;
    const H5Z_filter_t filter = H5Pget_filter2(properties, static_cast<unsigned>(i), &flags,
                                               &num_values, nullptr, sizeof name, name, nullptr);
    check_hdf5(static_cast<herr_t>(filter), "read", "a filter of the dataset");
    if (H5Zfilter_avail(filter) <= 0) {
      throw DataError(fmt::format(
          "is stored with HDF5 filter {} ({}), which is not installed; install its plugin and set "
          "HDF5_PLUGIN_PATH to its folder, or rewrite the file with h5repack -f SHUF -f GZIP=1",
          static_cast<int>(filter), name[0] == '\0' ? "no name" : name));
    }
  }
}

// A writer that was interrupted leaves chunks out, and HDF5 reads zeros for them without a word.
void check_wholly_stored(hid_t dataset, hid_t properties) {
  const H5D_layout_t layout = H5Pget_layout(properties);
  if (layout == H5D_VIRTUAL) {
    return;  // its voxels lie in other datasets
  }
  constexpr char what_to_do[] = "writing it was interrupted; copy or export the file again";
  if (H5Dget_storage_size(dataset) == 0) {
    throw DataError(fmt::format("holds no voxels: {}", what_to_do));
  }
  if (layout != H5D_CHUNKED) {
    return;
  }
  const std::vector<hsize_t> shape = shape_of_dataset(dataset);
  std::vector<hsize_t> chunk(shape.size());
  check_hdf5(H5Pget_chunk(properties, static_cast<int>(chunk.size()), chunk.data()), "read",
             "the chunk shape");
  hsize_t expected = 1;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    expected *= (shape[axis] + chunk[axis] - 1) / chunk[axis];
  }
  hsize_t stored = 0;
  const H5Space space = space_of_dataset(dataset);
  check_hdf5(H5Dget_num_chunks(dataset, space.get(), &stored), "count", "the chunks");
  if (stored < expected) {
    throw DataError(
        fmt::format("holds {} of {} chunks of voxels: {}", stored, expected, what_to_do));
  }
}

void check_voxel_size(double found_um, Range range, const char* axis) {
  // Written so that NaN fails.
  if (!(found_um >= range.low && found_um <= range.high)) {
    throw DataError(fmt::format(
        "the voxel size is {} um along {}, expected {} to {} um; give the right one with "
        "--voxel-size-um z,y,x",
        found_um, axis, range.low, range.high));
  }
}

Spacing read_spacing(hid_t dataset, const InputParameters& parameters) {
  std::vector<double> values;
  if (parameters.voxel_size_um) {
    const Spacing given = *parameters.voxel_size_um;
    values = {given.z_um, given.y_um, given.x_um};
  } else {
    values = read_number_attributes(dataset, "element_size_um").value_or(std::vector<double>{});
  }
  if (values.size() != 3) {
    throw DataError(fmt::format(
        "attribute element_size_um holds {} numbers, expected 3 (z, y, x); write it, or give the "
        "voxel size with --voxel-size-um z,y,x",
        values.size()));
  }
  check_voxel_size(values[0], plausible_axial_um, "z");
  check_voxel_size(values[1], plausible_in_plane_um, "y");
  check_voxel_size(values[2], plausible_in_plane_um, "x");
  return {static_cast<float>(values[0]), static_cast<float>(values[1]),
          static_cast<float>(values[2])};
}

std::optional<float> read_float(hid_t object, const char* name) {
  const std::optional<double> value = read_number_attribute(object, name);
  return value ? std::optional(static_cast<float>(*value)) : std::nullopt;
}

}  // namespace

Extent extent_of_dataset(hid_t dataset) {
  const std::vector<hsize_t> shape = shape_of_dataset(dataset);
  if (shape.size() != 3) {
    throw DataError(fmt::format(
        "has {} axes ({}), expected 3 (z, y, x); export one volume per channel and session",
        shape.size(), fmt::join(shape, "x")));
  }
  for (const hsize_t length : shape) {
    if (length == 0 || length > static_cast<hsize_t>(std::numeric_limits<int>::max())) {
      throw DataError(
          fmt::format("has the shape {}, expected 1 to {} voxels along each axis; export it again",
                      fmt::join(shape, "x"), std::numeric_limits<int>::max()));
    }
  }
  return {static_cast<int>(shape[0]), static_cast<int>(shape[1]), static_cast<int>(shape[2])};
}

std::string voxel_type_of_dataset(hid_t dataset) {
  const std::string name = name_of_type(type_of_dataset(dataset).get());
  if (name != "uint8" && name != "uint16" && name != "int16" && name != "float32") {
    throw DataError("has voxels of type " + name +
                    ", expected uint8, uint16, int16 or float32; convert it");
  }
  return name;
}

void read_acquisition(hid_t chunk, hid_t dataset, const InputParameters& parameters,
                      Acquisition& acquisition) {
  acquisition.qc_status = read_text_attribute(chunk, "qc_status").value_or("");
  acquisition.psf_path = read_text_attribute(chunk, "psf").value_or("");
  acquisition.excitation_nm = read_float(chunk, "excitation_lambda");
  acquisition.numerical_aperture = read_float(chunk, "NumericalAperture");
  acquisition.refractive_index = read_float(chunk, "refractive_index");

  acquisition.extent = extent_of_dataset(dataset);
  acquisition.voxel_type = voxel_type_of_dataset(dataset);
  acquisition.offset_counts = read_float(dataset, "offset_counts");
  acquisition.saturation_value = read_float(dataset, "saturation_value");
  acquisition.gain_counts = read_float(dataset, "gain_counts");
  acquisition.read_noise_counts = read_float(dataset, "read_noise_counts");
  // 8 bits are full at 255; 16 bits hold a detector of 10 to 16 bits, so their largest value says
  // nothing.
  if (!acquisition.saturation_value && acquisition.voxel_type == "uint8") {
    acquisition.saturation_value = 255.0f;
  }

  const H5Plist properties = creation_properties_of_dataset(dataset);
  check_filters(properties.get());
  check_wholly_stored(dataset, properties.get());
  acquisition.spacing = read_spacing(dataset, parameters);
  acquisition.spacing_overridden = parameters.voxel_size_um.has_value();
}

}  // namespace bramble
