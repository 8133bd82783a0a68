#include "jobs/lock_holder.hpp"

#include "jobs/utc_time.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <signal.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace bramble {
namespace {

using nlohmann::json;

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Field 22 of /proc/<pid>/stat. The name of the program, field 2, may hold blanks and brackets.
std::string process_start_of(int pid) {
  constexpr int num_fields_after_name = 20;
  const std::string text = text_of(fmt::format("/proc/{}/stat", pid));
  const std::size_t name_end = text.rfind(')');
  if (name_end == std::string::npos) {
    return {};
  }
  std::istringstream fields(text.substr(name_end + 1));
  std::string field;
  for (int i = 0; i < num_fields_after_name; ++i) {
    fields >> field;
  }
  return field;
}

std::string this_place() {
  std::string boot = text_of("/proc/sys/kernel/random/boot_id");
  boot = boot.substr(0, boot.find('\n'));
  std::error_code unreadable;
  const std::string pids = std::filesystem::read_symlink("/proc/self/ns/pid", unreadable);
  return boot.empty() || pids.empty() ? "" : boot + " " + pids;
}

std::string this_host() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown host";
}

}  // namespace

LockHolder this_process() {
  return {.host = this_host(),
          .pid = getpid(),
          .process_start = process_start_of(getpid()),
          .place = this_place(),
          .since = utc_time()};
}

std::string to_text(const LockHolder& holder) {
  return json{{"host", holder.host},
              {"pid", holder.pid},
              {"process_start", holder.process_start},
              {"place", holder.place},
              {"since", holder.since}}
             .dump(-1, ' ', false, json::error_handler_t::replace) +
         "\n";
}

LockHolder lock_holder_from(const std::string& text) {
  try {
    const json object = json::parse(text);
    return {.host = object.at("host"),
            .pid = object.at("pid"),
            .process_start = object.at("process_start"),
            .place = object.at("place"),
            .since = object.at("since")};
  } catch (const json::exception&) {
    return {};
  }
}

std::string name_of(const LockHolder& holder) {
  if (holder.pid == 0) {
    return "an unknown process";
  }
  return fmt::format("process {} on {}, since {}", holder.pid, holder.host, holder.since);
}

Liveness liveness_of(const LockHolder& holder) {
  if (holder.pid <= 0 || holder.place.empty() || holder.place != this_place()) {
    return Liveness::unknown;
  }
  const bool exists = kill(holder.pid, 0) == 0 || errno == EPERM;
  const bool same = process_start_of(holder.pid) == holder.process_start;
  return exists && same ? Liveness::alive : Liveness::dead;
}

}  // namespace bramble
