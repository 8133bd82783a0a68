#pragma once

#include <functional>
#include <string>

namespace bramble {

// Calls write(temporary_name) with a name beside `path`, then flushes that file to disk and renames
// it to `path`, so that a reader sees the old file or the whole new one, never a part. Makes the
// folder. On any exception the temporary file is removed and the old file stays.
void write_atomically(const std::string& path,
                      const std::function<void(const std::string& temporary_path)>& write);

// The same for a text.
void write_text_atomically(const std::string& path, const std::string& text);

}  // namespace bramble
