#include "jobs/fields_toml.hpp"

#include "jobs/nearest_name.hpp"
#include "jobs/psf_depth_fields.hpp"
#include "kernels/core/error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace bramble {
namespace {

// A table of run.toml that says who made it: no parameter.
constexpr std::string_view provenance_table = "provenance";

[[noreturn]] void refuse(const std::string& source, const toml::source_position& place,
                         const std::string& what) {
  throw InvalidArgument(fmt::format("{}:{}:{}: {}", source, place.line, place.column, what));
}

std::string type_name(const toml::node& node) {
  std::ostringstream name;
  name << node.type();
  return name.str();
}

std::vector<std::string> table_names(const std::vector<ParameterField>& fields) {
  std::vector<std::string> names;
  for (const ParameterField& field : fields) {
    if (names.empty() || names.back() != field.table) {
      names.emplace_back(field.table);
    }
  }
  return names;
}

std::vector<std::string> key_names(const std::vector<ParameterField>& fields,
                                   std::string_view table) {
  std::vector<std::string> names;
  for (const ParameterField& field : fields) {
    if (field.table == table) {
      names.emplace_back(field.key);
    }
  }
  return names;
}

std::string suggestion(std::string_view name, const std::vector<std::string>& known) {
  const std::string nearest = nearest_name(name, known);
  if (!nearest.empty()) {
    return fmt::format("did you mean {}?", nearest);
  }
  return fmt::format("known here: {}", fmt::join(known, ", "));
}

// What to say about a key that its table does not have: it may stand in the wrong table.
std::string key_suggestion(std::string_view key, std::string_view table,
                           const std::vector<ParameterField>& fields) {
  for (const ParameterField& field : fields) {
    if (field.key == key) {
      return fmt::format("{} belongs to [{}]", key, field.table);
    }
  }
  return suggestion(key, table.empty() ? table_names(fields) : key_names(fields, table));
}

void read_key(const std::string& source, std::string_view table, const toml::key& key,
              const toml::node& node, const std::vector<ParameterField>& fields);

// Gives a TOML node to a field; false when the node has another type than the field.
struct Assign {
  const toml::node& node;
  const std::string& source;

  bool operator()(bool* flag) const {
    const std::optional<bool> value = node.value_exact<bool>();
    *flag = value.value_or(*flag);
    return value.has_value();
  }
  bool operator()(std::uint64_t* number) const {
    const std::optional<std::int64_t> value = node.value_exact<std::int64_t>();
    if (!value || *value < 0) {
      return false;
    }
    *number = static_cast<std::uint64_t>(*value);
    return true;
  }
  bool operator()(int* number) const {
    const std::optional<std::int64_t> value = node.value_exact<std::int64_t>();
    if (!value) {
      return false;
    }
    // Beyond int it is out of every range: clamped here, refused by the range check.
    *number = static_cast<int>(std::clamp<std::int64_t>(*value, std::numeric_limits<int>::min(),
                                                        std::numeric_limits<int>::max()));
    return true;
  }
  bool operator()(std::optional<int>* number) const {
    if (node.value_exact<std::string>() == "auto") {
      number->reset();
      return true;
    }
    int value = 0;
    if (!(*this)(&value)) {
      return false;
    }
    *number = value;
    return true;
  }
  bool operator()(float* number) const {
    double value = 0;
    if (!(*this)(&value)) {
      return false;
    }
    *number = static_cast<float>(value);
    return true;
  }
  bool operator()(double* number) const {
    if (!node.is_number()) {
      return false;
    }
    *number = node.value<double>().value_or(0);
    return true;
  }
  bool operator()(std::string* text) const {
    if (!node.is_string()) {
      return false;
    }
    *text = node.value<std::string>().value_or("");
    return true;
  }
  bool operator()(std::optional<Spacing>* spacing) const {
    Spacing value;
    if (!(*this)(&value)) {
      return false;
    }
    *spacing = value;
    return true;
  }
  bool operator()(Spacing* spacing) const {
    return assign_three(&spacing->z_um, &spacing->y_um, &spacing->x_um);
  }
  bool operator()(Extent* extent) const { return assign_three(&extent->z, &extent->y, &extent->x); }
  bool operator()(std::vector<double>* numbers) const {
    const toml::array* list = node.as_array();
    if (list == nullptr) {
      return false;
    }
    std::vector<double> values(list->size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!Assign{*list->get(i), source}(&values[i])) {
        return false;
      }
    }
    *numbers = values;
    return true;
  }
  // Ranges are tables of fields like those of the file.
  bool operator()(std::vector<PsfDepth>* depths) const {
    const toml::array* list = node.as_array();
    if (list == nullptr ||
        !std::ranges::all_of(*list, [](const toml::node& one) { return one.is_table(); })) {
      return false;
    }
    depths->assign(list->size(), PsfDepth{});
    for (std::size_t i = 0; i < list->size(); ++i) {
      for (const auto& [key, value] : *list->get(i)->as_table()) {
        read_key(source, "restore.psf_depths", key, value, psf_depth_fields((*depths)[i]));
      }
    }
    return true;
  }
  bool operator()(PhantomPsfModel* model) const {
    std::string name;
    const std::vector<std::string>& names = psf_model_names();
    const bool is_text = (*this)(&name);
    const auto found = std::find(names.begin(), names.end(), name);
    if (!is_text || found == names.end()) {
      return false;
    }
    *model = static_cast<PhantomPsfModel>(found - names.begin());
    return true;
  }

 private:
  template <class Number>
  bool assign_three(Number* z, Number* y, Number* x) const {
    const toml::array* list = node.as_array();
    return list != nullptr && list->size() == 3 && Assign{*list->get(0), source}(z) &&
           Assign{*list->get(1), source}(y) && Assign{*list->get(2), source}(x);
  }
};

void read_key(const std::string& source, std::string_view table, const toml::key& key,
              const toml::node& node, const std::vector<ParameterField>& fields) {
  const auto field = std::find_if(fields.begin(), fields.end(), [&](const ParameterField& known) {
    return known.table == table && known.key == key.str();
  });
  if (field == fields.end()) {
    refuse(source, key.source().begin,
           fmt::format("unknown key {} in [{}]; {}", key.str(), table,
                       key_suggestion(key.str(), table, fields)));
  }
  if (!std::visit(Assign{node, source}, field->value)) {
    refuse(source, node.source().begin,
           fmt::format("{}.{} is of type {}, expected {}", table, key.str(), type_name(node),
                       expected_type(*field)));
  }
  const std::string problem = range_problem(*field);
  if (!problem.empty()) {
    refuse(source, node.source().begin, fmt::format("{}.{}: {}", table, key.str(), problem));
  }
}

toml::table parse(std::string_view text, const std::string& source) {
  try {
    return toml::parse(text, source);
  } catch (const toml::parse_error& error) {
    refuse(source, error.source().begin, std::string(error.description()));
  }
}

}  // namespace

void assign_from_toml(std::string_view text, const std::string& source,
                      const std::vector<ParameterField>& fields) {
  const toml::table root = parse(text, source);
  const std::vector<std::string> tables = table_names(fields);
  for (const auto& [name, node] : root) {
    if (name.str() == provenance_table) {
      continue;
    }
    const bool known = std::find(tables.begin(), tables.end(), name.str()) != tables.end();
    if (!known) {
      refuse(source, name.source().begin,
             fmt::format("unknown {} {}; {}", node.is_table() ? "table" : "key", name.str(),
                         key_suggestion(name.str(), "", fields)));
    }
    if (!node.is_table()) {
      refuse(source, node.source().begin,
             fmt::format("{} is of type {}, expected a table [{}]", name.str(), type_name(node),
                         name.str()));
    }
    for (const auto& [key, value] : *node.as_table()) {
      read_key(source, name.str(), key, value, fields);
    }
  }
}

std::string read_configuration(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file || std::filesystem::is_directory(path)) {
    throw InvalidArgument(path + ": the configuration file cannot be read; check the name");
  }
  return text.str();
}

std::string fields_to_toml(const std::vector<ParameterField>& fields) {
  std::string text;
  std::string_view table;
  for (const ParameterField& field : fields) {
    if (field.table != table) {
      text += fmt::format("{}[{}]\n", table.empty() ? "" : "\n", field.table);
      table = field.table;
    }
    const std::string value = toml_value(field);
    if (value.empty()) {
      text += fmt::format("# {} is not set  # {}\n", field.key, field.meaning);
    } else {
      text += fmt::format("{} = {}  # {}\n", field.key, value, field.meaning);
    }
  }
  return text;
}

}  // namespace bramble
