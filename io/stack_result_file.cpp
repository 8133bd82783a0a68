#include "io/stack_result_file.hpp"

#include "io/hdf5_record.hpp"
#include "io/result_file.hpp"

namespace bramble {
namespace {

constexpr ResultFormat result_format{.name = "bramble-stack-result", .version = "2"};

}  // namespace

void write_stack_result(const std::string& path, const StackResult& result) {
  write_result_file(path, result_format, [&](hid_t file) {
    GroupWriter writer(file);
    writer.write(result);
    return writer.num_rows();
  });
}

StackResult read_stack_result(const std::string& path) {
  StackResult result;
  read_result_file(path, result_format, [&](hid_t file) {
    GroupReader reader(file);
    reader.read(result);
    return reader.num_rows();
  });
  return result;
}

}  // namespace bramble
