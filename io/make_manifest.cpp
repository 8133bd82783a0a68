#include "io/manifest_file.hpp"
#include "io/sha256.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace bramble {
namespace {

constexpr std::string_view excluded_prefix = "excluded:";

std::string short_id(const std::string& text) {
  constexpr std::size_t num_digits = 16;
  return sha256(text).substr(0, num_digits);
}

// "chunk-01" of "cortex_chunk-01".
std::string chunk_of(const std::string& fov) {
  const std::size_t start = fov.rfind("chunk-");
  return start == std::string::npos ? fov : fov.substr(start);
}

void label(std::vector<ManifestEntry>& entries) {
  std::map<std::string, std::set<std::string>> samples;  // of each animal
  for (const ManifestEntry& entry : entries) {
    if (!entry.identity.sample.empty()) {
      samples[entry.identity.subject_id].insert(entry.identity.sample);
    }
  }
  for (ManifestEntry& entry : entries) {
    StackIdentity& identity = entry.identity;
    identity.stack_id.clear();
    if (identity.fov.empty()) {
      continue;
    }
    const std::string chunk = chunk_of(identity.fov);
    const bool several_samples = samples[identity.subject_id].size() > 1;
    identity.fov = several_samples ? identity.sample + "_" + chunk : chunk;
    if (entry.problem.empty()) {
      identity.stack_id =
          short_id(fmt::format("{}/{}/{}/{}/{}", identity.subject_id, identity.session_id,
                               identity.sample, chunk, identity.channel));
    }
  }
}

void leave_out_bad(std::vector<ManifestEntry>& entries) {
  for (ManifestEntry& entry : entries) {
    if (entry.problem.empty() && entry.acquisition.qc_status == "bad") {
      entry.problem = fmt::format(
          "{} {}: {}: qc_status is \"bad\", expected \"good\" or nothing; change it in the archive "
          "to use the stack",
          excluded_prefix, entry.identity.file, entry.identity.path);
    }
  }
}

void refuse_duplicates(std::vector<ManifestEntry>& entries) {
  std::map<std::string, const StackIdentity*> first;
  for (ManifestEntry& entry : entries) {
    if (!entry.problem.empty()) {
      continue;
    }
    StackIdentity& identity = entry.identity;
    const auto [found, is_new] = first.emplace(identity.stack_id, &identity);
    if (!is_new) {
      entry.problem = fmt::format(
          "{}: {}: is the same animal, session, sample, chunk and channel as {} in {}; keep one of "
          "them, or correct the labels",
          identity.file, identity.path, found->second->path, found->second->file);
      identity.stack_id.clear();
    }
  }
}

auto place_of(const StackIdentity& identity) { return std::tie(identity.file, identity.path); }

// By subject, session, fov and channel, then the unreadable ones by file and path.
bool comes_before(const ManifestEntry& a, const ManifestEntry& b) {
  if (a.problem.empty() != b.problem.empty()) {
    return a.problem.empty();
  }
  const StackIdentity& left = a.identity;
  const StackIdentity& right = b.identity;
  if (!a.problem.empty()) {
    return std::tuple_cat(place_of(left), std::tie(a.problem)) <
           std::tuple_cat(place_of(right), std::tie(b.problem));
  }
  return std::tie(left.subject_id, left.session_id, left.fov, left.channel) <
         std::tie(right.subject_id, right.session_id, right.fov, right.channel);
}

// Sessions without a day come last.
bool is_earlier(const StackIdentity* a, const StackIdentity* b) {
  const auto key = [](const StackIdentity* identity) {
    const bool no_day = std::isnan(identity->day);
    return std::make_tuple(no_day, no_day ? 0.0 : identity->day, identity->session_id,
                           identity->channel);
  };
  return key(a) < key(b);
}

std::vector<ManifestField> gather_fields(const std::vector<ManifestEntry>& stacks) {
  std::map<std::pair<std::string, std::string>, std::vector<const StackIdentity*>> members;
  for (const ManifestEntry& entry : stacks) {
    if (entry.problem.empty()) {
      members[{entry.identity.subject_id, entry.identity.fov}].push_back(&entry.identity);
    }
  }
  std::vector<ManifestField> fields;
  for (auto& [key, identities] : members) {
    const auto& [subject_id, fov] = key;
    std::ranges::sort(identities, is_earlier);
    ManifestField field{.field_id = short_id(fmt::format("{}/{}", subject_id, fov)),
                        .subject_id = subject_id,
                        .fov = fov,
                        .stack_ids = {}};
    for (const StackIdentity* identity : identities) {
      field.stack_ids.push_back(identity->stack_id);
    }
    fields.push_back(std::move(field));
  }
  return fields;
}

}  // namespace

bool is_excluded(const ManifestEntry& entry) { return entry.problem.starts_with(excluded_prefix); }

Manifest make_manifest(std::vector<ManifestEntry> entries) {
  // Of two equal stacks the one in the first file by name stays, whatever the order on the command
  // line.
  std::ranges::sort(entries, [](const ManifestEntry& a, const ManifestEntry& b) {
    return place_of(a.identity) < place_of(b.identity);
  });
  leave_out_bad(entries);
  label(entries);
  refuse_duplicates(entries);
  std::ranges::sort(entries, comes_before);
  Manifest manifest;
  manifest.fields = gather_fields(entries);
  manifest.stacks = std::move(entries);
  return manifest;
}

}  // namespace bramble
