#pragma once

#include <string>

namespace bramble {

// "0.1.0".
std::string version();

// The commit the program was built from, "-dirty" behind it when files differed; "unknown" outside
// git.
std::string commit();

// Version, commit, compiler, and the versions of the libraries; several lines, no line break at the
// end.
std::string version_report();

}  // namespace bramble
