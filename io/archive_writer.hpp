#pragma once

#include "kernels/core/volume.hpp"
#include "pipeline/records/phantom.hpp"

#include <functional>
#include <string>
#include <vector>

namespace bramble {

// Takes one stack into an archive.
using AddStack = std::function<void(const PhantomStack&)>;

// Writes an archive file in our layout, format_version 0.1: calls produce(add), and each stack that
// is added is on its way to the file when `add` returns, so that none needs to be kept. Stacks of
// one animal and session or any mix: uint16, shuffle + deflate, all attributes that the reader
// understands, groups as the identities say. `psf` (unit sum, with its spacing) becomes
// /psf/assumed; an empty one is left out. Committed by rename. Threads may write different archives
// at the same time: they wait for each other inside HDF5 only.
void write_archive(const std::string& file, const Volume<float>& psf,
                   const std::function<void(const AddStack& add)>& produce);

// The same for stacks that are there, without a PSF.
void write_archive(const std::string& file, const std::vector<const PhantomStack*>& stacks);

}  // namespace bramble
