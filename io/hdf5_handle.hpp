#pragma once

#include "kernels/core/handle.hpp"

#include <hdf5.h>

namespace bramble {

template <herr_t (*close_function)(hid_t)>
struct Hdf5Traits {
  using value_type = hid_t;
  static value_type null() noexcept { return H5I_INVALID_HID; }
  static void close(value_type id) noexcept { close_function(id); }
};

using H5File = UniqueHandle<Hdf5Traits<H5Fclose>>;
using H5Group = UniqueHandle<Hdf5Traits<H5Gclose>>;
using H5Dataset = UniqueHandle<Hdf5Traits<H5Dclose>>;
using H5Object = UniqueHandle<Hdf5Traits<H5Oclose>>;  // a group or a dataset
using H5Space = UniqueHandle<Hdf5Traits<H5Sclose>>;
using H5Type = UniqueHandle<Hdf5Traits<H5Tclose>>;
using H5Plist = UniqueHandle<Hdf5Traits<H5Pclose>>;
using H5Attribute = UniqueHandle<Hdf5Traits<H5Aclose>>;

}  // namespace bramble
