#pragma once

#include "pipeline/records/field_result.hpp"

#include <string>
#include <vector>

namespace bramble {

// Puts fields and what they hold into the one order that rows and sums follow: fields by subject,
// region, fov; sessions by day (unknown days last), then session id; dendrites by id, session,
// stack dendrite; spines by id, session. Session indices are changed to match. Throws
// InvalidArgument when a field or a session is there twice, or an index is wrong.
std::vector<FieldResult> in_study_order(std::vector<FieldResult> fields);

// The treatment arm of one session: the session's own, the field's where the session names none.
const std::string& group_of(const FieldResult& field, int session);

// True when day `a` comes before day `b`; an unknown day (NaN) comes after all others.
bool day_before(double a, double b) noexcept;

}  // namespace bramble
