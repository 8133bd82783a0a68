#pragma once

namespace bramble {

// The smallest transform length >= `at_least` with no prime factor above 7 that is no power of two:
// lengths that FFTW and cuFFT are both fast at. The same table on CPU and GPU, so that results
// agree. Lengths below 6 are given back as they are.
int fast_fft_size(int at_least);

// The same for the row of x, also a multiple of 8, so that every row of a volume starts aligned.
int fast_fft_row_size(int at_least);

}  // namespace bramble
