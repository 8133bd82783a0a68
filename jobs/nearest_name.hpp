#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bramble {

// Number of letters to insert, delete or replace to turn one word into the other (Levenshtein).
int edit_distance(std::string_view from, std::string_view to);

// The known name with the smallest edit distance, the first of equals; empty when even that one
// needs more than half of its letters changed.
std::string nearest_name(std::string_view name, const std::vector<std::string>& known);

}  // namespace bramble
