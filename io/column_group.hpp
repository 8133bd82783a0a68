#pragma once

// Rows of a struct as a group with one dataset per member: what h5py, MATLAB and R read without a
// compound type, and what has no padding bytes. A struct's members are listed in
// record_members.hpp.

#include "io/enum_names.hpp"
#include "io/hdf5_array.hpp"
#include "io/hdf5_attribute.hpp"
#include "io/hdf5_calls.hpp"
#include "kernels/core/error.hpp"
#include "kernels/core/geometry.hpp"

#include <functional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace bramble {

// How one value of a column lies in its dataset.
template <class T>
struct CellLayout {
  using Number = T;
  static constexpr int width = 1;
  static void store(const T& value, std::vector<T>& numbers) { numbers.push_back(value); }
  static T load(const T* numbers) { return *numbers; }
};

template <>
struct CellLayout<Position> {
  using Number = double;
  static constexpr int width = 3;
  static void store(const Position& p, std::vector<double>& numbers) {
    numbers.insert(numbers.end(), {p.z_um, p.y_um, p.x_um});
  }
  static Position load(const double* numbers) { return {numbers[0], numbers[1], numbers[2]}; }
};

template <class T>
inline constexpr bool is_list = false;
template <class T>
inline constexpr bool is_list<std::vector<T>> = true;

// Columns of lists are two datasets: all values one after the other, and how many belong to each
// row.
inline std::string counts_name(const std::string& column) { return column + "_count"; }

template <class Row>
class ColumnWriter {
 public:
  ColumnWriter(hid_t parent, const std::string& name, const std::vector<Row>& rows)
      : group_(create_group(parent, name)), rows_(rows) {
    const auto num_rows = static_cast<std::int64_t>(rows.size());
    write_attribute(group_.get(), "num_rows", hdf5_type<std::int64_t>(), &num_rows, 1);
  }

  // `get` is a member pointer or a function from a row to a reference to the member.
  template <class Get>
  void add(const std::string& column, Get get) {
    using Value = std::remove_cvref_t<std::invoke_result_t<Get, const Row&>>;
    if constexpr (std::is_same_v<Value, std::string>) {
      write_as_texts(column, get, [](const std::string& text) { return text; });
    } else if constexpr (std::is_enum_v<Value>) {
      write_as_texts(column, get, [](Value value) { return std::string(name_of(value)); });
    } else if constexpr (is_list<Value>) {
      write_lists<typename Value::value_type>(column, get);
    } else {
      using Cell = CellLayout<Value>;
      std::vector<typename Cell::Number> numbers;
      for (const Row& row : rows_) {
        Cell::store(std::invoke(get, row), numbers);
      }
      write_rows(group_.get(), column, numbers, Cell::width);
    }
  }

 private:
  template <class Get, class ToText>
  void write_as_texts(const std::string& column, Get get, ToText to_text) {
    std::vector<std::string> texts;
    for (const Row& row : rows_) {
      texts.push_back(to_text(std::invoke(get, row)));
    }
    write_texts(group_.get(), column, texts);
  }

  template <class Element, class Get>
  void write_lists(const std::string& column, Get get) {
    using Cell = CellLayout<Element>;
    std::vector<typename Cell::Number> numbers;
    std::vector<std::int64_t> counts;
    for (const Row& row : rows_) {
      const std::vector<Element>& list = std::invoke(get, row);
      counts.push_back(static_cast<std::int64_t>(list.size()));
      for (const Element& element : list) {
        Cell::store(element, numbers);
      }
    }
    write_rows(group_.get(), counts_name(column), counts, 1);
    write_rows(group_.get(), column, numbers, Cell::width);
  }

  H5Group group_;
  const std::vector<Row>& rows_;
};

// Gives `rows` its length, then fills one member of every row per column. Throws DataError when a
// column is missing or is not as long as the others.
template <class Row>
class ColumnReader {
 public:
  ColumnReader(hid_t parent, const std::string& name, std::vector<Row>& rows)
      : group_(open_group(parent, name)), rows_(rows) {
    std::int64_t num_rows = 0;
    read_attribute(group_.get(), "num_rows", hdf5_type<std::int64_t>(), &num_rows, 1);
    rows_.assign(static_cast<std::size_t>(num_rows), Row{});
  }

  template <class Get>
  void add(const std::string& column, Get get) {
    using Value = std::remove_cvref_t<std::invoke_result_t<Get, Row&>>;
    if constexpr (std::is_same_v<Value, std::string> || std::is_enum_v<Value>) {
      read_from_texts<Value>(column, get);
    } else if constexpr (is_list<Value>) {
      read_lists<typename Value::value_type>(column, get);
    } else {
      using Cell = CellLayout<Value>;
      const auto numbers = read_rows<typename Cell::Number>(group_.get(), column);
      check_length(column, numbers.size(), rows_.size() * Cell::width);
      for (std::size_t i = 0; i < rows_.size(); ++i) {
        std::invoke(get, rows_[i]) = Cell::load(numbers.data() + i * Cell::width);
      }
    }
  }

 private:
  template <class Value, class Get>
  void read_from_texts(const std::string& column, Get get) {
    const std::vector<std::string> texts = read_texts(group_.get(), column);
    check_length(column, texts.size(), rows_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if constexpr (std::is_enum_v<Value>) {
        std::invoke(get, rows_[i]) = value_of<Value>(texts[i]);
      } else {
        std::invoke(get, rows_[i]) = texts[i];
      }
    }
  }

  template <class Element, class Get>
  void read_lists(const std::string& column, Get get) {
    using Cell = CellLayout<Element>;
    const auto counts = read_rows<std::int64_t>(group_.get(), counts_name(column));
    const auto numbers = read_rows<typename Cell::Number>(group_.get(), column);
    check_length(counts_name(column), counts.size(), rows_.size());
    std::size_t next = 0;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      std::vector<Element>& list = std::invoke(get, rows_[i]);
      for (std::int64_t k = 0; k < counts[i] && next + Cell::width <= numbers.size(); ++k) {
        list.push_back(Cell::load(numbers.data() + next));
        next += Cell::width;
      }
      check_length(column, list.size(), static_cast<std::size_t>(counts[i]));
    }
    check_length(column, numbers.size(), next);
  }

  static void check_length(const std::string& column, std::size_t found, std::size_t expected) {
    if (found != expected) {
      throw DataError("column " + column + " holds " + std::to_string(found) +
                      " values, expected " + std::to_string(expected) + "; the file is damaged");
    }
  }

  H5Group group_;
  std::vector<Row>& rows_;
};

}  // namespace bramble
