#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace bramble {

// `stopping`: the process was told to stop; such a line names no item. `retried`: someone asks for
// what failed or is quarantined.
enum class JournalEvent { started, done, failed, stopping, retried };
enum class ItemKind { stack, field };

// How long a stage of one item took, and the bytes that it read or wrote (0: none counted).
struct StageTiming {
  std::string stage;
  double seconds = 0;
  std::int64_t num_bytes = 0;
};

// One line of a journal: what happened to one stack or field. Also what a rank reports to rank 0.
struct JournalLine {
  JournalEvent event = JournalEvent::started;
  ItemKind kind = ItemKind::stack;
  std::string id;   // stack_id or field_id
  int attempt = 1;  // 1 for the first run of this folder, 2 for the first resume, ...
  int rank = 0;
  std::string device;   // "cpu", or the UUID of a GPU
  std::string stage;    // where it failed
  std::string message;  // why it failed
  std::string summary;  // what a reader of the log wants to know of an item that is done
  std::vector<StageTiming> timings;
  std::string time;  // UTC; set by the writer
};

// One line of JSON without its line break. A message longer than 4 KiB is cut, so that a line fits
// a message between ranks.
std::string to_json_line(const JournalLine& line);

// Throws DataError when the text is not such a line, for example one that was half written.
JournalLine journal_line_from_json(const std::string& text);

// Appends to one rank's journal. Each line is handed to the system at once: it survives the death
// of the process.
class JournalWriter {
 public:
  // Makes the folder. A line that an earlier run left unfinished is ended first. Throws
  // ResourceError when the file cannot be written.
  explicit JournalWriter(const std::filesystem::path& path);

  // Adds the time of day. Throws ResourceError too.
  void append(const JournalLine& line);

 private:
  void check() const;

  std::filesystem::path path_;
  std::ofstream file_;
};

// All lines of all journals of a folder, by attempt, then rank, then as written. Half-written lines
// are passed over.
std::vector<JournalLine> read_journals(const std::filesystem::path& folder);

}  // namespace bramble
