#include "jobs/selection.hpp"

#include "kernels/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <sstream>

namespace bramble {
namespace {

std::string_view without_prefix(std::string_view label, std::string_view prefix) {
  return label.starts_with(prefix) ? label.substr(prefix.size()) : label;
}

bool is_among(std::string_view label, const std::vector<std::string>& wanted,
              std::string_view prefix) {
  if (wanted.empty()) {
    return true;
  }
  return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& one) {
    return without_prefix(one, prefix) == without_prefix(label, prefix);
  });
}

bool is_selected(const StackIdentity& identity, const Selection& selection) {
  const bool nameless = identity.subject_id.empty() && identity.session_id.empty();
  if (nameless) {
    return true;
  }
  return is_among(identity.subject_id, selection.subjects, "sub-") &&
         is_among(identity.session_id, selection.sessions, "ses-") &&
         is_among(identity.fov, selection.fovs, "");
}

}  // namespace

Selection parse_selection(std::string_view text) {
  Selection selection;
  std::istringstream parts{std::string(text)};
  for (std::string part; std::getline(parts, part, ',');) {
    const std::size_t equals = part.find('=');
    const std::string key = part.substr(0, equals);
    const std::string value = equals == std::string::npos ? "" : part.substr(equals + 1);
    std::vector<std::string>* const list = key == "sub"   ? &selection.subjects
                                           : key == "ses" ? &selection.sessions
                                           : key == "fov" ? &selection.fovs
                                                          : nullptr;
    if (list == nullptr || value.empty()) {
      throw InvalidArgument(fmt::format(
          "--select {}: cannot read '{}', expected sub=.., ses=.. and fov=.. joined by commas",
          text, part));
    }
    list->push_back(value);
  }
  return selection;
}

Manifest select(Manifest manifest, const Selection& selection) {
  std::erase_if(manifest.stacks, [&](const ManifestEntry& entry) {
    return !is_selected(entry.identity, selection);
  });
  std::set<std::string> selected_ids;
  for (const ManifestEntry& entry : manifest.stacks) {
    selected_ids.insert(entry.identity.stack_id);
  }
  for (ManifestField& field : manifest.fields) {
    std::erase_if(field.stack_ids,
                  [&](const std::string& id) { return !selected_ids.contains(id); });
  }
  std::erase_if(manifest.fields,
                [](const ManifestField& field) { return field.stack_ids.empty(); });
  return manifest;
}

}  // namespace bramble
