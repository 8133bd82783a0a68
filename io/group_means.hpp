#pragma once

#include "pipeline/records/study_tables.hpp"

#include <string>
#include <vector>

namespace bramble {

// A mean over animals. With one animal it is that animal's value and the interval is NaN.
struct MeanInterval {
  double mean = not_available;
  double ci_low = not_available;
  double ci_high = not_available;
  int num_animals = 0;  // with a value
};

// The 95 % interval by Student's t over animals, the unit that was treated. NaN values are left
// out.
MeanInterval mean_over_animals(const std::vector<double>& values);

// The animals of one group and region in one session.
struct GroupSession {
  std::string group, region, session_id;
  double day = not_available;
  std::vector<const AnimalRow*> animals;

  // Of one member of the rows, for example &AnimalRow::density_per_um.
  std::vector<double> values(double AnimalRow::*measure) const;
  MeanInterval mean(double AnimalRow::*measure) const { return mean_over_animals(values(measure)); }
};

// By region, group, day and session; rows without a day come last.
std::vector<GroupSession> gather_group_sessions(const std::vector<AnimalRow>& animals);

}  // namespace bramble
