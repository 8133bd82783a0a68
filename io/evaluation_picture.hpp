#pragma once

#include "pipeline/records/evaluation.hpp"
#include "pipeline/records/stack_result.hpp"

#include <string>

namespace bramble {

// One stack's maximum projection with what became of its spines: hits are green circles, misses
// red, merged misses orange, false alarms yellow, ignored detections grey. PNG, committed by
// rename. Throws InvalidArgument when the result holds no projection.
void write_outcome_picture(const std::string& path, const StackResult& result,
                           const StackOutcomes& outcomes);

// Every miss, then every false alarm of the stack, each cut out of the projection, 4 um around its
// place and enlarged, framed in its colour: ten a row, in the order of `outcomes`, 200 at most.
// Writes nothing and returns false when there is none.
bool write_mistake_sheet(const std::string& path, const StackResult& result,
                         const StackOutcomes& outcomes);

}  // namespace bramble
