#pragma once

// BRAMBLE_HD marks a function that nvcc compiles for both the host and the device; g++ sees an
// ordinary function.
#if defined(__CUDACC__)
#define BRAMBLE_HD __host__ __device__
#else
#define BRAMBLE_HD
#endif
