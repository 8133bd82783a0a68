#pragma once

#include "pipeline/records/stack_result.hpp"

#include <string>

namespace bramble {

// Draws the maximum projection as a PNG: grey values between robust limits with a gamma, enlarged
// to at least 1000 pixels across, dendrites as thin lines in one of six cold colours with their
// numbers, their ends as white rings and the places where they meet as white dots, each spine with
// p_detect >= report_probability as a line from base to head and a circle of the head's diameter,
// coloured by class; kept but unreported ones as small dots. With a 10 um scale bar. Committed by
// rename.
void write_overlay(const std::string& path, const StackResult& result, float report_probability);

}  // namespace bramble
