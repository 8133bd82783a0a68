#pragma once

// A record (record_members.hpp) as a group of an HDF5 file: values and texts are attributes, an
// absent optional is no attribute, rows are column groups, volumes are datasets, records within it
// are groups.

#include "io/column_group.hpp"
#include "io/hdf5_array.hpp"
#include "io/hdf5_attribute.hpp"
#include "io/hdf5_calls.hpp"
#include "io/record_members.hpp"
#include "kernels/core/error.hpp"
#include "kernels/core/geometry.hpp"

#include <hdf5.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace bramble {

class GroupWriter {
 public:
  explicit GroupWriter(hid_t object) : object_(object) {}

  void add(const std::string& name, const std::string& text) {
    write_text_attribute(object_, name, text);
  }
  void add(const std::string& name, int value) {
    write_values(name, std::array{std::int32_t{value}});
  }
  void add(const std::string& name, float value) { write_values(name, std::array{value}); }
  void add(const std::string& name, double value) { write_values(name, std::array{value}); }
  void add(const std::string& name, bool value) {
    write_values(name, std::array{static_cast<std::uint8_t>(value)});
  }
  void add(const std::string& name, Extent extent) {
    write_values(name, std::array<std::int32_t, 3>{extent.z, extent.y, extent.x});
  }
  void add(const std::string& name, Spacing spacing) {
    write_values(name, std::array{spacing.z_um, spacing.y_um, spacing.x_um});
  }
  void add(const std::string& name, std::optional<float> value) {
    if (value) {
      add(name, *value);
    }
  }
  void add(const std::string& name, const Volume<float>& volume) {
    write_volume(object_, name, volume);
  }
  template <class Row>
  void add(const std::string& name, const std::vector<Row>& rows) {
    ColumnWriter<Row> columns(object_, name, rows);
    describe(columns, std::type_identity<Row>{});
    num_rows_.push_back(static_cast<std::int64_t>(rows.size()));
  }
  template <class Record>
  requires std::is_class_v<Record>
  void add(const std::string& name, const Record& record) {
    const H5Group group = create_group(object_, name);
    GroupWriter(group.get()).write(record);
  }

  template <class Record>
  void write(const Record& record) {
    RecordMembers members(*this, record);
    describe(members, std::type_identity<Record>{});
  }

  // Of the tables written so far, in their order.
  const std::vector<std::int64_t>& num_rows() const noexcept { return num_rows_; }

 private:
  template <class T, std::size_t size>
  void write_values(const std::string& name, const std::array<T, size>& values) {
    write_attribute(object_, name, hdf5_type<T>(), values.data(), size);
  }

  hid_t object_;
  std::vector<std::int64_t> num_rows_;
};

// Throws DataError when an attribute is missing.
class GroupReader {
 public:
  explicit GroupReader(hid_t object) : object_(object) {}

  void add(const std::string& name, std::string& text) {
    const std::optional<std::string> stored = read_text_attribute(object_, name);
    if (!stored) {
      throw DataError("attribute " + name + " is missing; the file is damaged");
    }
    text = *stored;
  }
  void add(const std::string& name, int& value) { value = values_of<std::int32_t, 1>(name)[0]; }
  void add(const std::string& name, float& value) { value = values_of<float, 1>(name)[0]; }
  void add(const std::string& name, double& value) { value = values_of<double, 1>(name)[0]; }
  void add(const std::string& name, bool& value) {
    value = values_of<std::uint8_t, 1>(name)[0] != 0;
  }
  void add(const std::string& name, Extent& extent) {
    const auto values = values_of<std::int32_t, 3>(name);
    extent = {values[0], values[1], values[2]};
  }
  void add(const std::string& name, Spacing& spacing) {
    const auto values = values_of<float, 3>(name);
    spacing = {values[0], values[1], values[2]};
  }
  void add(const std::string& name, std::optional<float>& value) {
    value =
        has_attribute(object_, name) ? std::optional(values_of<float, 1>(name)[0]) : std::nullopt;
  }
  void add(const std::string& name, Volume<float>& volume) { read_volume(object_, name, volume); }
  template <class Row>
  void add(const std::string& name, std::vector<Row>& rows) {
    ColumnReader<Row> columns(object_, name, rows);
    describe(columns, std::type_identity<Row>{});
    num_rows_.push_back(static_cast<std::int64_t>(rows.size()));
  }
  template <class Record>
  requires std::is_class_v<Record>
  void add(const std::string& name, Record& record) {
    const H5Group group = open_group(object_, name);
    GroupReader(group.get()).read(record);
  }

  template <class Record>
  void read(Record& record) {
    RecordMembers members(*this, record);
    describe(members, std::type_identity<Record>{});
  }

  const std::vector<std::int64_t>& num_rows() const noexcept { return num_rows_; }

 private:
  template <class T, std::size_t size>
  std::array<T, size> values_of(const std::string& name) const {
    std::array<T, size> values{};
    read_attribute(object_, name, hdf5_type<T>(), values.data(), size);
    return values;
  }

  hid_t object_;
  std::vector<std::int64_t> num_rows_;
};

}  // namespace bramble
