#include "jobs/reduce_study.hpp"

#include "io/field_result_file.hpp"
#include "io/report.hpp"
#include "io/tables.hpp"
#include "jobs/run_lock.hpp"
#include "jobs/stack_rows.hpp"
#include "jobs/timings.hpp"
#include "jobs/work_plan.hpp"
#include "kernels/core/error.hpp"
#include "pipeline/study/build_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace bramble {
namespace {

namespace fs = std::filesystem;

// What failed and why, naming the stack where the reason does not.
std::string failure_text(const StackRow& row) {
  const bool named = row.message.find(row.file) != std::string::npos;
  return named ? row.message : fmt::format("{}: {}: {}", row.file, row.path, row.message);
}

void count_stacks(StudySummary& summary) {
  for (const StackRow& row : summary.tables.stacks) {
    if (row.status == "done") {
      ++summary.num_done;
    } else if (row.status == "excluded") {
      ++summary.num_excluded;
    } else if (row.status == "pending") {
      ++summary.num_pending;
    } else {
      ++summary.num_failed;
      summary.failures.push_back(failure_text(row));
    }
  }
}

bool has_stack_result(const RunFolder& folder, const ManifestField& field) {
  return std::any_of(field.stack_ids.begin(), field.stack_ids.end(),
                     [&](const std::string& id) { return fs::exists(folder.stack_result(id)); });
}

void add_field_failure(StudySummary& summary, const ManifestField& field,
                       const std::string& reason) {
  ++summary.num_failed;
  summary.failures.push_back(
      fmt::format("field sub-{} {}: {}", field.subject_id, field.fov, reason));
}

// Reads the results of the manifest's fields. One that failed or cannot be read is a failure of
// its own, beside those of its stacks.
std::vector<FieldResult> read_fields(const RunFolder& folder, const Manifest& manifest,
                                     const ItemHistories& histories, StudySummary& summary) {
  std::vector<FieldResult> results;
  for (const ManifestField& field : manifest.fields) {
    const fs::path path = folder.field_result(field.field_id);
    const auto found = histories.find(field.field_id);
    const ItemHistory history = found == histories.end() ? ItemHistory() : found->second;
    if (is_quarantined(history) || history.last.event == JournalEvent::failed) {
      add_field_failure(summary, field,
                        is_quarantined(history) ? quarantine_message : history.last.message);
      continue;
    }
    if (!fs::exists(path)) {
      summary.num_pending += has_stack_result(folder, field) ? 1 : 0;
      continue;
    }
    try {
      results.push_back(read_field_result(path));
    } catch (const DataError& error) {
      add_field_failure(summary, field, error.what());
    }
  }
  return results;
}

// Paths relative to the report of the pictures that are there.
std::vector<std::string> overlays_of(const RunFolder& folder, const Manifest& manifest) {
  std::vector<std::string> overlays;
  for (const ManifestEntry& entry : manifest.stacks) {
    const fs::path path = folder.overlay(entry.identity);
    if (is_usable(entry) && fs::exists(folder.stack_result(entry.identity.stack_id)) &&
        fs::exists(path)) {
      overlays.push_back(fs::relative(path, folder.root()).generic_string());
    }
  }
  return overlays;
}

}  // namespace

StudySummary reduce_study(const RunFolder& folder, const Manifest& manifest,
                          const RunRecord& record) {
  const std::vector<JournalLine> journal = read_journals(folder.journals());
  const ItemHistories histories = item_histories(journal, living_holder(folder).has_value());
  StudySummary summary;
  std::vector<StackRow> rows;
  for (const ManifestEntry& entry : manifest.stacks) {
    rows.push_back(stack_row(folder, entry, histories));
  }
  std::vector<FieldResult> fields = read_fields(folder, manifest, histories, summary);
  summary.tables = build_tables(std::move(fields), record.parameters.study);
  summary.tables.stacks = std::move(rows);
  count_stacks(summary);
  write_tables(folder.tables(), summary.tables);
  write_report(folder.report(), {.tables = summary.tables,
                                 .provenance = record.provenance,
                                 .overlays = overlays_of(folder, manifest)});
  write_timings(folder.timings(), journal);
  return summary;
}

}  // namespace bramble
