#pragma once

#include "pipeline/records/manifest.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bramble {

// Which stacks a run is limited to. An empty list selects everything; several values of one kind
// are alternatives. Labels with or without their "sub-" and "ses-".
struct Selection {
  std::vector<std::string> subjects;
  std::vector<std::string> sessions;
  std::vector<std::string> fovs;
};

// Reads "sub=M01,sub=M02,ses=dm03,fov=chunk-01". Throws InvalidArgument for anything else.
Selection parse_selection(std::string_view text);

// The part of the manifest that is selected. A file that could not be read at all stays: it may
// hold a selected stack.
Manifest select(Manifest manifest, const Selection& selection);

}  // namespace bramble
