#pragma once

#include "io/hdf5_calls.hpp"

#include <gtest/gtest.h>
#include <hdf5.h>

#include <functional>
#include <string>
#include <vector>

// What a test does to an archive with HDF5 itself, past our own writer.
namespace bramble {

inline constexpr char example_chunk[] = "/sub-M01/ses-dm03/sample-cortex/chunk-01";
inline constexpr char example_images[] = "/sub-M01/ses-dm03/sample-cortex/chunk-01/images";
inline constexpr char example_dataset[] = "/sub-M01/ses-dm03/sample-cortex/chunk-01/images/GFP";

inline void edit_file(const std::string& file, const std::function<void(hid_t file)>& edit) {
  const H5File id(checked_id(H5Fopen(file.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), "open", file));
  edit(id.get());
}

inline void remove_attribute(hid_t file, const std::string& object, const std::string& name) {
  check_hdf5(H5Adelete_by_name(file, object.c_str(), name.c_str(), H5P_DEFAULT), "delete", name);
}

// Replaces an attribute by one of any type.
inline void set_attribute(hid_t file, const std::string& object, const std::string& name,
                          hid_t type, const void* values, const std::vector<hsize_t>& shape) {
  if (H5Aexists_by_name(file, object.c_str(), name.c_str(), H5P_DEFAULT) > 0) {
    remove_attribute(file, object, name);
  }
  const H5Object id = open_object(file, object);
  const H5Space space = shape.empty() ? create_scalar_space() : create_space(shape);
  const H5Attribute attribute(
      checked_id(H5Acreate2(id.get(), name.c_str(), type, space.get(), H5P_DEFAULT, H5P_DEFAULT),
                 "create", name));
  check_hdf5(H5Awrite(attribute.get(), type, values), "write", name);
}

inline void set_number(hid_t file, const std::string& object, const std::string& name,
                       double value) {
  set_attribute(file, object, name, H5T_NATIVE_DOUBLE, &value, {});
}

inline void set_variable_text(hid_t file, const std::string& object, const std::string& name,
                              const char* text) {
  const H5Type type(checked_id(H5Tcopy(H5T_C_S1), "copy", "a type"));
  H5Tset_size(type.get(), H5T_VARIABLE);
  set_attribute(file, object, name, type.get(), &text, {});
}

inline void set_voxel_size(hid_t file, std::vector<float> values) {
  set_attribute(file, example_dataset, "element_size_um", H5T_NATIVE_FLOAT, values.data(),
                {values.size()});
}

// Replaces the voxels by a dataset of another kind; the voxel size stays.
inline H5Dataset replace_voxels(hid_t file, hid_t type, const std::vector<hsize_t>& shape,
                                hid_t properties = H5P_DEFAULT) {
  check_hdf5(H5Ldelete(file, example_dataset, H5P_DEFAULT), "delete", example_dataset);
  H5Dataset dataset(checked_id(H5Dcreate2(file, example_dataset, type, create_space(shape).get(),
                                          H5P_DEFAULT, properties, H5P_DEFAULT),
                               "create", example_dataset));
  set_voxel_size(file, {1.0f, 0.12f, 0.115f});
  return dataset;
}

}  // namespace bramble
