#pragma once

// One checked wrapper per HDF5 C call: the same arguments less those that bramble never varies, a
// handle as the result, and a DataError that names the object when HDF5 refuses.

#include "io/hdf5_error.hpp"
#include "io/hdf5_handle.hpp"

#include <hdf5.h>

#include <string>
#include <vector>

namespace bramble {

inline H5Plist create_property_list(hid_t list_class) {
  return H5Plist(checked_id(H5Pcreate(list_class), "create", "a property list"));
}

inline H5Group open_group(hid_t parent, const std::string& name) {
  return H5Group(checked_id(H5Gopen2(parent, name.c_str(), H5P_DEFAULT), "open group", name));
}

inline H5Dataset open_dataset(hid_t parent, const std::string& name) {
  return H5Dataset(checked_id(H5Dopen2(parent, name.c_str(), H5P_DEFAULT), "open dataset", name));
}

inline H5Object open_object(hid_t parent, const std::string& name) {
  return H5Object(checked_id(H5Oopen(parent, name.c_str(), H5P_DEFAULT), "open object", name));
}

inline H5Attribute open_attribute(hid_t object, const std::string& name) {
  return H5Attribute(
      checked_id(H5Aopen(object, name.c_str(), H5P_DEFAULT), "open attribute", name));
}

inline bool has_attribute(hid_t object, const std::string& name) {
  const htri_t found = H5Aexists(object, name.c_str());
  check_hdf5(found, "look up attribute", name);
  return found > 0;
}

inline H5Space space_of_dataset(hid_t dataset) {
  return H5Space(checked_id(H5Dget_space(dataset), "read", "the shape of the dataset"));
}

inline H5Type type_of_dataset(hid_t dataset) {
  return H5Type(checked_id(H5Dget_type(dataset), "read", "the type of the dataset"));
}

inline H5Plist creation_properties_of_dataset(hid_t dataset) {
  return H5Plist(
      checked_id(H5Dget_create_plist(dataset), "read", "the creation properties of the dataset"));
}

inline H5Space space_of_attribute(hid_t attribute, const std::string& name) {
  return H5Space(checked_id(H5Aget_space(attribute), "read the shape of attribute", name));
}

inline H5Type type_of_attribute(hid_t attribute, const std::string& name) {
  return H5Type(checked_id(H5Aget_type(attribute), "read the type of attribute", name));
}

inline H5Space create_space(const std::vector<hsize_t>& shape) {
  const int rank = static_cast<int>(shape.size());
  return H5Space(checked_id(H5Screate_simple(rank, shape.data(), nullptr), "create", "a shape"));
}

inline H5Space create_scalar_space() {
  return H5Space(checked_id(H5Screate(H5S_SCALAR), "create", "a scalar shape"));
}

// The lengths of the axes, slowest first; empty for a scalar.
inline std::vector<hsize_t> shape_of_space(hid_t space) {
  const int rank = H5Sget_simple_extent_ndims(space);
  check_hdf5(rank, "read", "the number of axes");
  std::vector<hsize_t> shape(static_cast<std::size_t>(rank));
  check_hdf5(H5Sget_simple_extent_dims(space, shape.data(), nullptr), "read", "the shape");
  return shape;
}

inline std::vector<hsize_t> shape_of_dataset(hid_t dataset) {
  return shape_of_space(space_of_dataset(dataset).get());
}

// The names of everything in a group, in the order of the names.
inline std::vector<std::string> child_names(hid_t group) {
  H5G_info_t info{};
  check_hdf5(H5Gget_info(group, &info), "list", "a group");
  std::vector<std::string> names;
  for (hsize_t i = 0; i < info.nlinks; ++i) {
    const ssize_t length =
        H5Lget_name_by_idx(group, ".", H5_INDEX_NAME, H5_ITER_INC, i, nullptr, 0, H5P_DEFAULT);
    check_hdf5(static_cast<herr_t>(length), "read the name of", "a link");
    std::string name(static_cast<std::size_t>(length), '\0');
    check_hdf5(static_cast<herr_t>(H5Lget_name_by_idx(group, ".", H5_INDEX_NAME, H5_ITER_INC, i,
                                                      name.data(), name.size() + 1, H5P_DEFAULT)),
               "read the name of", "a link");
    names.push_back(name);
  }
  return names;
}

}  // namespace bramble
