#pragma once

#include "pipeline/records/stack_result.hpp"

#include <string>

namespace bramble {

// Writes the shaft graph of one stack as SWC (x, y, z, radius in um; type 3): one tree per dendrite
// that branches off none, its branches joined to the node they leave, parents before what branches
// off them. Spines are not part of it. Where dendrites form a loop or join two trees the tree is
// cut, and a comment line names the cut. Header lines as INCF recommends. Committed by rename.
void write_swc(const std::string& path, const StackResult& result);

}  // namespace bramble
