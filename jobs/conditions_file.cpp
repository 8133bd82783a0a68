#include "jobs/conditions_file.hpp"

#include "io/atomic_file.hpp"
#include "io/json_record.hpp"
#include "kernels/core/error.hpp"
#include "pipeline/stack/calibrate.hpp"

#include <algorithm>
#include <fstream>

namespace bramble {

namespace {

template <class Record>
Json list_of(const std::vector<Record>& records) {
  Json list = Json::array();
  for (const Record& record : records) {
    list.push_back(to_json_record(record));
  }
  return list;
}

template <class Record>
std::vector<Record> records_of(const Json& list) {
  std::vector<Record> records;
  for (const Json& one : list) {
    JsonReader(one).read(records.emplace_back());
  }
  return records;
}

}  // namespace

void write_conditions(const std::string& path, const Conditions& conditions) {
  const Json document{{"conditions", list_of(conditions.calibrations)},
                      {"trials", list_of(conditions.trials)}};
  write_text_atomically(path, document.dump(2) + "\n");
}

Conditions read_conditions(const std::string& path) {
  try {
    std::ifstream file(path);
    const Json document = Json::parse(file);
    return {.calibrations = records_of<Calibration>(document.at("conditions")),
            .trials = records_of<ConditionTrial>(document.at("trials"))};
  } catch (const Json::exception& error) {
    throw DataError(path + ": not a list of calibrations (" + error.what() +
                    "); give --out a new folder");
  }
}

std::string trials_to_text(const std::vector<ConditionTrial>& trials) {
  return list_of(trials).dump();
}

std::vector<ConditionTrial> trials_from_text(const std::string& text) {
  return records_of<ConditionTrial>(Json::parse(text));
}

const Calibration* find_calibration(const Acquisition& acquisition,
                                    const RestoreParameters& parameters,
                                    const std::vector<Calibration>& calibrations) {
  const std::string condition = acquisition_condition(acquisition, parameters);
  const auto found =
      std::find_if(calibrations.begin(), calibrations.end(),
                   [&](const Calibration& one) { return one.condition == condition; });
  return found == calibrations.end() ? nullptr : &*found;
}

}  // namespace bramble
