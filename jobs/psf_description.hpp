#pragma once

#include "kernels/restore/psf_shape.hpp"
#include "pipeline/records/psf.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace bramble {

// What `bramble psf` says about a PSF that is ready to use.
struct PsfDescription {
  Extent extent;
  Spacing spacing;
  Extent support_99_percent;  // the smallest box with 99 % of the light
  PsfShape shape;
};

PsfDescription describe_psf(const Volume<float>& psf);

// A line a fact, for people; lengths in um.
std::string psf_text(const PsfDescription& description);

// The same for programs.
nlohmann::json psf_json(const PsfDescription& description);

}  // namespace bramble
