#include "jobs/timings.hpp"

#include "io/atomic_file.hpp"

#include <fmt/format.h>

#include <map>
#include <string_view>

namespace bramble {

void write_timings(const std::string& path, const std::vector<JournalLine>& journal) {
  std::map<std::string_view, const JournalLine*> latest;
  for (const JournalLine& line : journal) {
    // A field that was only looked at again has no stages: what it took when it was computed stays.
    if (line.event == JournalEvent::done && !line.timings.empty()) {
      latest[line.id] = &line;
    }
  }
  std::string text = "stack_id\tstage\tseconds\tbytes\tdevice\trank\n";
  for (const auto& [id, line] : latest) {
    for (const StageTiming& timing : line->timings) {
      text += fmt::format("{}\t{}\t{:.6f}\t{}\t{}\t{}\n", id, timing.stage, timing.seconds,
                          timing.num_bytes, line->device, line->rank);
    }
  }
  write_text_atomically(path, text);
}

}  // namespace bramble
