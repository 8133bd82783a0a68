#include "jobs/parameter_field.hpp"

#include "jobs/psf_depth_fields.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <type_traits>

namespace bramble {
namespace {

constexpr double unlimited = std::numeric_limits<double>::infinity();

// TOML tells a float from an integer by its point or exponent.
template <class Number>
std::string toml_number(Number number) {
  std::string text = fmt::format("{}", number);
  if (std::is_floating_point_v<Number> && text.find_first_of(".en") == std::string::npos) {
    text += ".0";
  }
  return text;
}

std::string toml_string(const std::string& text) {
  std::string quoted = "\"";
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') {
      quoted += '\\';
      quoted += letter;
    } else if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f) {
      quoted += fmt::format("\\u{:04X}", static_cast<unsigned>(letter));
    } else {
      quoted += letter;
    }
  }
  return quoted + '"';
}

std::string toml_list(const std::vector<double>& numbers) {
  std::vector<std::string> texts;
  for (const double number : numbers) {
    texts.push_back(toml_number(number));
  }
  return fmt::format("[{}]", fmt::join(texts, ", "));
}

std::string toml_spacing(const Spacing& s) {
  return fmt::format("[{}, {}, {}]", toml_number(s.z_um), toml_number(s.y_um), toml_number(s.x_um));
}

struct TomlValue {
  template <class Number>
  std::string operator()(const Number* number) const {
    return toml_number(*number);
  }
  std::string operator()(const std::optional<int>* number) const {
    return number->has_value() ? toml_number(**number) : toml_string("auto");
  }
  std::string operator()(const std::string* text) const { return toml_string(*text); }
  std::string operator()(const Extent* extent) const {
    return fmt::format("[{}, {}, {}]", extent->z, extent->y, extent->x);
  }
  std::string operator()(const Spacing* spacing) const { return toml_spacing(*spacing); }
  std::string operator()(const std::optional<Spacing>* spacing) const {
    return spacing->has_value() ? toml_spacing(**spacing) : std::string();
  }
  std::string operator()(const std::vector<double>* numbers) const { return toml_list(*numbers); }
  std::string operator()(const std::vector<PsfDepth>* depths) const {
    return psf_depths_to_toml(*depths);
  }
  std::string operator()(const PhantomPsfModel* model) const {
    return toml_string(psf_model_names().at(static_cast<std::size_t>(*model)));
  }
};

struct RangeProblem {
  double lowest;
  double highest;

  template <class Number>
  std::string operator()(const Number* number) const {
    const double value = static_cast<double>(*number);
    if (value >= lowest && value <= highest) {
      return {};
    }
    if (highest == unlimited) {
      return fmt::format("{} is out of range, expected at least {}", *number, lowest);
    }
    return fmt::format("{} is out of range, expected {} to {}", *number, lowest, highest);
  }
  std::string operator()(const std::optional<int>* number) const {
    return number->has_value() ? (*this)(&**number) : std::string();
  }
  std::string operator()(const std::string*) const { return {}; }
  std::string operator()(const PhantomPsfModel*) const { return {}; }
  std::string operator()(const Extent* extent) const {
    for (const int length : {extent->z, extent->y, extent->x}) {
      if (const std::string problem = (*this)(&length); !problem.empty()) {
        return problem;
      }
    }
    return {};
  }
  std::string operator()(const std::vector<double>* numbers) const {
    for (const double& number : *numbers) {
      if (const std::string problem = (*this)(&number); !problem.empty()) {
        return problem;
      }
    }
    return {};
  }
  std::string operator()(const std::vector<PsfDepth>* depths) const {
    return psf_depths_problem(*depths);
  }
  std::string operator()(const Spacing* s) const {
    const bool positive = s->z_um > 0 && s->y_um > 0 && s->x_um > 0;
    return positive ? "" : "a voxel size must be three positive numbers: z, y, x in um";
  }
  std::string operator()(const std::optional<Spacing>* spacing) const {
    return spacing->has_value() ? (*this)(&**spacing) : std::string();
  }
};

struct ExpectedType {
  std::string_view operator()(const bool*) const { return "true or false"; }
  std::string_view operator()(const int*) const { return "an integer"; }
  std::string_view operator()(const std::optional<int>*) const { return "an integer or \"auto\""; }
  std::string_view operator()(const std::uint64_t*) const { return "an integer, at least 0"; }
  std::string_view operator()(const float*) const { return "a number"; }
  std::string_view operator()(const double*) const { return "a number"; }
  std::string_view operator()(const std::string*) const { return "a string"; }
  std::string_view operator()(const Extent*) const { return "three integers [z, y, x] in voxels"; }
  std::string_view operator()(const Spacing*) const { return "three numbers [z, y, x] in um"; }
  std::string_view operator()(const std::optional<Spacing>*) const {
    return "three numbers [z, y, x] in um";
  }
  std::string_view operator()(const std::vector<double>*) const { return "a list of numbers"; }
  std::string_view operator()(const std::vector<PsfDepth>*) const {
    return "a list of tables { from_um, to_um, psf, ... }";
  }
  std::string_view operator()(const PhantomPsfModel*) const {
    return "\"gaussian\", \"born_wolf\" or \"gibson_lanni\"";
  }
};

}  // namespace

std::string toml_value(const ParameterField& field) { return std::visit(TomlValue{}, field.value); }

std::string_view expected_type(const ParameterField& field) {
  return std::visit(ExpectedType{}, field.value);
}

std::string range_problem(const ParameterField& field) {
  return std::visit(RangeProblem{field.lowest, field.highest}, field.value);
}

const std::vector<std::string>& psf_model_names() {
  static const std::vector<std::string> names{"gaussian", "born_wolf", "gibson_lanni"};
  return names;
}

}  // namespace bramble
