#pragma once

// A record (record_members.hpp) as a JSON object whose keys keep the order of the members. Numbers
// have the shortest form that reads back exactly; NaN and an absent optional are null.

#include "io/record_members.hpp"
#include "kernels/core/error.hpp"
#include "kernels/core/geometry.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace bramble {

using Json = nlohmann::ordered_json;

template <class Record>
Json to_json_record(const Record& record);

class JsonWriter {
 public:
  void add(const std::string& name, const std::string& text) { object_[name] = text; }
  void add(const std::string& name, int value) { object_[name] = value; }
  void add(const std::string& name, std::int64_t value) { object_[name] = value; }
  void add(const std::string& name, bool value) { object_[name] = value; }
  void add(const std::string& name, double value) {
    object_[name] = std::isfinite(value) ? Json(value) : Json();
  }
  void add(const std::string& name, std::optional<float> value) {
    object_[name] = value ? Json(double{*value}) : Json();
  }
  void add(const std::string& name, Extent extent) {
    object_[name] = {extent.z, extent.y, extent.x};
  }
  void add(const std::string& name, Spacing spacing) {
    object_[name] = {double{spacing.z_um}, double{spacing.y_um}, double{spacing.x_um}};
  }
  void add(const std::string& name, const std::vector<std::string>& texts) {
    object_[name] = texts;
  }
  void add(const std::string& name, const std::vector<double>& values) { object_[name] = values; }
  template <class Record>
  void add(const std::string& name, const std::vector<Record>& records) {
    Json list = Json::array();
    for (const Record& record : records) {
      list.push_back(to_json_record(record));
    }
    object_[name] = std::move(list);
  }
  template <class Record>
  requires std::is_class_v<Record>
  void add(const std::string& name, const Record& record) {
    object_[name] = to_json_record(record);
  }

  Json take() { return std::move(object_); }

 private:
  Json object_ = Json::object();
};

// Throws nlohmann::json::exception when a member is missing or of another type.
class JsonReader {
 public:
  explicit JsonReader(const Json& object) : object_(object) {}

  void add(const std::string& name, std::string& text) { get(name, text); }
  void add(const std::string& name, int& value) { get(name, value); }
  void add(const std::string& name, std::int64_t& value) { get(name, value); }
  void add(const std::string& name, bool& value) { get(name, value); }
  void add(const std::string& name, std::vector<std::string>& texts) { get(name, texts); }
  void add(const std::string& name, std::vector<double>& values) { get(name, values); }
  void add(const std::string& name, float& value) {
    double wide = 0;
    add(name, wide);
    value = static_cast<float>(wide);
  }
  void add(const std::string& name, double& value) {
    const Json& stored = object_.at(name);
    value = stored.is_null() ? not_available : stored.get<double>();
  }
  void add(const std::string& name, std::optional<float>& value) {
    const Json& stored = object_.at(name);
    value = stored.is_null() ? std::nullopt : std::optional(stored.get<float>());
  }
  void add(const std::string& name, Extent& extent) {
    const Json& stored = object_.at(name);
    extent = {stored.at(0).get<int>(), stored.at(1).get<int>(), stored.at(2).get<int>()};
  }
  void add(const std::string& name, Spacing& spacing) {
    const Json& stored = object_.at(name);
    spacing = {stored.at(0).get<float>(), stored.at(1).get<float>(), stored.at(2).get<float>()};
  }
  template <class Record>
  void add(const std::string& name, std::vector<Record>& records) {
    for (const Json& stored : object_.at(name)) {
      JsonReader(stored).read(records.emplace_back());
    }
  }
  template <class Record>
  requires std::is_class_v<Record>
  void add(const std::string& name, Record& record) { JsonReader(object_.at(name)).read(record); }

  template <class Record>
  void read(Record& record) {
    RecordMembers members(*this, record);
    describe(members, std::type_identity<Record>{});
  }

 private:
  template <class Value>
  void get(const std::string& name, Value& value) const {
    object_.at(name).get_to(value);
  }

  const Json& object_;
};

template <class Record>
Json to_json_record(const Record& record) {
  JsonWriter writer;
  RecordMembers members(writer, record);
  describe(members, std::type_identity<Record>{});
  return writer.take();
}

}  // namespace bramble
