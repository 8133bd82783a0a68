#include "jobs/command_status.hpp"

#include "jobs/progress.hpp"
#include "jobs/run_status.hpp"
#include "jobs/utc_time.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>

namespace bramble {
namespace {

using nlohmann::json;

json number_or_null(double value) { return std::isnan(value) ? json() : json(value); }

json to_json(const std::vector<TimedItem>& items) {
  json list = json::array();
  for (const TimedItem& item : items) {
    list.push_back({{"id", item.id},
                    {"name", item.name},
                    {"seconds", item.seconds},
                    {"rank", item.rank},
                    {"device", item.device}});
  }
  return list;
}

json to_json(const RunStatus& status) {
  json object = {{"state", state_of(status)},
                 {"attempt", status.attempt},
                 {"num_stacks", status.num_stacks},
                 {"num_done", status.num_done},
                 {"num_failed", status.num_failed},
                 {"num_quarantined", status.num_quarantined},
                 {"num_running", status.num_running},
                 {"num_left", status.num_left},
                 {"num_unusable", status.num_unusable},
                 {"num_excluded", status.num_excluded},
                 {"num_fields", status.num_fields},
                 {"num_fields_done", status.num_fields_done},
                 {"num_fields_failed", status.num_fields_failed},
                 {"stacks_per_minute", number_or_null(status.stacks_per_minute)},
                 {"seconds_left", number_or_null(status.seconds_left)},
                 {"running", to_json(status.running)},
                 {"slowest", to_json(status.slowest)},
                 {"failures", status.failures}};
  if (status.holder) {
    object["holder"] = {{"host", status.holder->host},
                        {"pid", status.holder->pid},
                        {"since", status.holder->since}};
  }
  return object;
}

// What to do next, for a run that does not go on.
std::string advice(const RunStatus& status, const std::string& folder) {
  const std::string state = state_of(status);
  if (state == "interrupted") {
    return "bramble run with the same options goes on";
  }
  return state == "some failed" ? fmt::format("bramble retry {} tries what failed again", folder)
                                : "";
}

void print_pace(const RunStatus& status) {
  if (std::isnan(status.stacks_per_minute)) {
    return;
  }
  fmt::print("rate      {:.3g} stacks per minute", status.stacks_per_minute);
  if (!std::isnan(status.seconds_left)) {
    fmt::print(", about {} left", duration_text(status.seconds_left));
  }
  fmt::print("\n");
}

void print_text(const RunStatus& status, const std::string& folder) {
  fmt::print("state     {}{}\n", state_of(status),
             status.holder ? " (" + name_of(*status.holder) + ")" : "");
  if (!status.is_begun) {
    fmt::print("stacks    none begun: the input is scanned and its conditions are tried\n");
    return;
  }
  fmt::print("stacks    {} of {} done, {} failed, {} quarantined, {} running, {} left\n",
             status.num_done, status.num_stacks, status.num_failed, status.num_quarantined,
             status.num_running, status.num_left);
  fmt::print("          {} unusable, {} excluded\n", status.num_unusable, status.num_excluded);
  fmt::print("fields    {} of {} done, {} failed\n", status.num_fields_done, status.num_fields,
             status.num_fields_failed);
  print_pace(status);
  for (const TimedItem& item : status.running) {
    fmt::print("running   {} on rank {} ({}) for {}\n", item.name, item.rank, item.device,
               duration_text(item.seconds));
  }
  for (const TimedItem& item : status.slowest) {
    fmt::print("slowest   {} {:.1f} s\n", item.name, item.seconds);
  }
  for (const std::string& failure : status.failures) {
    fmt::print("failed    {}\n", failure);
  }
  const std::string next = advice(status, folder);
  if (!next.empty()) {
    fmt::print("next      {}\n", next);
  }
}

}  // namespace

ExitCode status_command(const StatusOptions& options) {
  const RunStatus status = read_status(RunFolder(options.folder), seconds_of_utc(utc_time()));
  if (options.json) {
    fmt::print("{}\n", to_json(status).dump(2, ' ', false, json::error_handler_t::replace));
  } else {
    print_text(status, options.folder);
  }
  return ExitCode::complete;
}

}  // namespace bramble
