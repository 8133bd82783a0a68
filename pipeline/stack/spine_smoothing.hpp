#pragma once

namespace bramble {

// Standard deviations of the Gaussians that spines are looked for and traced with.
inline constexpr float spine_sigma_z_um = 0.7f;
inline constexpr float fine_sigma_um = 0.12f;
inline constexpr float medium_sigma_um = 0.22f;
inline constexpr float blob_sigma_um = 0.25f;

}  // namespace bramble
