#pragma once

#include "jobs/journal.hpp"

#include <map>
#include <string>
#include <vector>

namespace bramble {

// What the journals say of one stack or field.
struct ItemHistory {
  JournalLine last;    // the latest of its lines
  int num_deaths = 0;  // how often its process was gone before it ended, since it last ended
  bool is_running = false;
};

// By id.
using ItemHistories = std::map<std::string, ItemHistory>;

// `latest_attempt_lives`: what that one has begun is not dead, but running. An item whose process
// was told to stop while at it, and then ended, is not to blame for that: mpirun stops the other
// ranks when one dies.
ItemHistories item_histories(const std::vector<JournalLine>& journal, bool latest_attempt_lives);

// Twice its process died while at it: it is left alone until someone asks for it. Quarantine is a
// conclusion from the journals, so every command comes to the same.
bool is_quarantined(const ItemHistory& history);

// Once its process died while at it.
bool is_suspect(const ItemHistory& history);

// Why a quarantined item is not tried, and what to do.
extern const char* const quarantine_message;

}  // namespace bramble
