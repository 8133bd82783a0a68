#pragma once

#include "pipeline/records/phantom.hpp"

#include <string>
#include <vector>

namespace bramble {

// Writes stacks of one animal and session (or any mix) as one archive file in our layout,
// format_version 0.1: uint16, shuffle
// + deflate, all attributes that the reader understands. Committed by rename. Groups are made as
// the identities say.
void write_archive(const std::string& file, const std::vector<const PhantomStack*>& stacks);

}  // namespace bramble
