#pragma once

#include "jobs/journal.hpp"

#include <nlohmann/json.hpp>

// How journals and messages spell the kinds of events and items.
namespace bramble {

NLOHMANN_JSON_SERIALIZE_ENUM(JournalEvent, {{JournalEvent::started, "started"},
                                            {JournalEvent::done, "done"},
                                            {JournalEvent::failed, "failed"},
                                            {JournalEvent::stopping, "stopping"},
                                            {JournalEvent::retried, "retried"}})
NLOHMANN_JSON_SERIALIZE_ENUM(ItemKind, {{ItemKind::stack, "stack"}, {ItemKind::field, "field"}})

}  // namespace bramble
