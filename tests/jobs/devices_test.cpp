#include "jobs/devices.hpp"

#include "kernels/core/error.hpp"

#include <gtest/gtest.h>

namespace bramble {
namespace {

std::vector<DeviceInfo> two_devices() {
  DeviceInfo first;
  first.index = 0;
  first.name = "H100";
  first.uuid = "GPU-a";
  DeviceInfo second = first;
  second.index = 1;
  second.uuid = "GPU-b";
  return {first, second};
}

TEST(ChooseDevice, ranks_of_a_node_take_its_devices_in_turn) {
  EXPECT_EQ(choose_device(DeviceRequest::automatic, two_devices(), 0).id, "GPU-a");
  EXPECT_EQ(choose_device(DeviceRequest::cuda, two_devices(), 1).id, "GPU-b");
  EXPECT_EQ(choose_device(DeviceRequest::cuda, two_devices(), 2).id, "GPU-a");
}

TEST(ChooseDevice, the_cpu_is_used_when_asked_for_or_alone) {
  EXPECT_EQ(choose_device(DeviceRequest::cpu, two_devices(), 0).backend, Backend::cpu);
  EXPECT_EQ(choose_device(DeviceRequest::automatic, {}, 0).id, "cpu");
  EXPECT_FALSE(choose_device(DeviceRequest::automatic, {}, 0).processor.empty());
}

TEST(ChooseDevice, cuda_without_a_device_is_a_device_error) {
  EXPECT_THROW(choose_device(DeviceRequest::cuda, {}, 0), DeviceError);
}

TEST(ParseDeviceRequest, knows_three_words) {
  EXPECT_EQ(parse_device_request("cuda"), DeviceRequest::cuda);
  EXPECT_THROW(parse_device_request("gpu"), InvalidArgument);
}

}  // namespace
}  // namespace bramble
