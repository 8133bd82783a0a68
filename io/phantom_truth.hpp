#pragma once

#include "pipeline/records/phantom.hpp"

#include <string>
#include <vector>

namespace bramble {

// Writes truth_spines.csv and truth_dendrites.csv into `folder`, columns as in reference
// science.md 7.10 (those the phantom knows). Committed by rename.
void write_phantom_truth(const std::string& folder, const std::vector<const PhantomStack*>& stacks);

}  // namespace bramble
