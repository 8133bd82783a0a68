#include "jobs/journal.hpp"

#include "jobs/journal_json.hpp"
#include "jobs/utc_time.hpp"
#include "kernels/core/error.hpp"

#include <algorithm>

namespace bramble {

namespace {

using nlohmann::json;

constexpr std::size_t max_message_bytes = 4 * 1024;

json to_json(const JournalLine& line) {
  json object = {{"event", line.event},     {"kind", line.kind}, {"id", line.id},
                 {"attempt", line.attempt}, {"rank", line.rank}, {"device", line.device}};
  if (line.event == JournalEvent::failed) {
    object["stage"] = line.stage;
    object["message"] = line.message.substr(0, max_message_bytes);
  }
  if (!line.summary.empty()) {
    object["summary"] = line.summary;
  }
  for (const StageTiming& timing : line.timings) {
    object["timings"].push_back(
        {{"stage", timing.stage}, {"seconds", timing.seconds}, {"bytes", timing.num_bytes}});
  }
  return object;
}

// Names in files may hold bytes that are no UTF-8: they are replaced, not refused.
std::string dump(const json& object) {
  return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

bool ends_in_line_break(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file || file.tellg() == 0) {
    return true;
  }
  file.seekg(-1, std::ios::end);
  return file.get() == '\n';
}

}  // namespace

std::string to_json_line(const JournalLine& line) { return dump(to_json(line)); }

JournalLine journal_line_from_json(const std::string& text) {
  try {
    const json object = json::parse(text);
    JournalLine line{.event = object.at("event"),
                     .kind = object.at("kind"),
                     .id = object.at("id"),
                     .attempt = object.at("attempt"),
                     .rank = object.at("rank"),
                     .device = object.at("device"),
                     .stage = object.value("stage", ""),
                     .message = object.value("message", ""),
                     .summary = object.value("summary", ""),
                     .timings = {},
                     .time = object.value("time", "")};
    for (const json& timing : object.value("timings", json::array())) {
      line.timings.push_back({.stage = timing.at("stage"),
                              .seconds = timing.at("seconds"),
                              .num_bytes = timing.at("bytes")});
    }
    return line;
  } catch (const json::exception& error) {
    throw DataError(std::string("not a line of a journal: ") + error.what());
  }
}

JournalWriter::JournalWriter(const std::filesystem::path& path) : path_(path) {
  std::filesystem::create_directories(path.parent_path());
  const bool torn = !ends_in_line_break(path);
  file_.open(path, std::ios::app | std::ios::binary);
  if (torn) {
    file_ << '\n';
  }
  check();
}

void JournalWriter::check() const {
  if (!file_) {
    throw ResourceError(path_.string() +
                        ": the journal cannot be written; check free space and permissions");
  }
}

void JournalWriter::append(const JournalLine& line) {
  json object = to_json(line);
  object["time"] = utc_time();
  file_ << dump(object) + '\n' << std::flush;
  check();
}

std::vector<JournalLine> read_journals(const std::filesystem::path& folder) {
  std::vector<JournalLine> lines;
  if (!std::filesystem::exists(folder)) {
    return lines;
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path());
    for (std::string text; std::getline(file, text);) {
      try {
        lines.push_back(journal_line_from_json(text));
      } catch (const DataError&) {
        // A process died while it wrote this line: what it was about shows in the results on disk.
        continue;
      }
    }
  }
  std::stable_sort(lines.begin(), lines.end(), [](const JournalLine& a, const JournalLine& b) {
    return a.attempt != b.attempt ? a.attempt < b.attempt : a.rank < b.rank;
  });
  return lines;
}

}  // namespace bramble
