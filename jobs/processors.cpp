#include "jobs/processors.hpp"

#include <omp.h>

#include <sched.h>

#include <algorithm>
#include <fstream>

namespace bramble {
namespace {

std::string to_text(const ProcessorSet& set) {
  std::string text;
  for (const bool available : set) {
    text += available ? '1' : '0';
  }
  return text;
}

ProcessorSet processor_set_from(const std::string& text) {
  ProcessorSet set;
  for (const char letter : text) {
    set.push_back(letter == '1');
  }
  return set;
}

bool holds(const ProcessorSet& set, std::size_t processor) {
  return processor < set.size() && set[processor];
}

}  // namespace

ProcessorSet available_processors() {
  cpu_set_t mask;
  CPU_ZERO(&mask);
  if (sched_getaffinity(0, sizeof mask, &mask) != 0) {
    return {true};
  }
  ProcessorSet set(CPU_SETSIZE);
  for (std::size_t i = 0; i < set.size(); ++i) {
    set[i] = CPU_ISSET(i, &mask);
  }
  return set;
}

int fair_share(const std::vector<ProcessorSet>& sets_of_ranks, int rank) {
  const ProcessorSet& mine = sets_of_ranks.at(static_cast<std::size_t>(rank));
  double share = 0;
  for (std::size_t processor = 0; processor < mine.size(); ++processor) {
    if (!mine[processor]) {
      continue;
    }
    const auto num_sharers =
        std::count_if(sets_of_ranks.begin(), sets_of_ranks.end(),
                      [&](const ProcessorSet& set) { return holds(set, processor); });
    share += 1.0 / static_cast<double>(num_sharers);
  }
  // A third of 3 processors is 1, whatever rounding made of the three thirds.
  return std::max(1, static_cast<int>(share + 1e-6));
}

int set_threads(const Communicator& node, int wanted) {
  std::vector<ProcessorSet> sets;
  for (const std::string& text : node.all_gather(to_text(available_processors()))) {
    sets.push_back(processor_set_from(text));
  }
  const int num_threads = wanted > 0 ? wanted : fair_share(sets, node.rank());
  omp_set_num_threads(num_threads);
  return num_threads;
}

std::string cpu_model() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    const std::size_t colon = line.find(": ");
    if (line.starts_with("model name") && colon != std::string::npos) {
      return line.substr(colon + 2);
    }
  }
  return "unknown";
}

}  // namespace bramble
