#include "jobs/psf_command_line.hpp"

#include "jobs/add_command.hpp"

namespace bramble {
namespace {

constexpr HelpText psf_help{
    "Examples:\n"
    "  bramble psf write psf.h5 --na 0.8 --wavelength-nm 920 --spacing 1,0.1,0.1\n"
    "  bramble psf show psf.h5\n"
    "  bramble psf estimate beads.h5 --out measured.h5\n",
    "Point-spread functions: compute one, look at one, measure one from beads"};

constexpr HelpText write_help{
    "Examples:\n"
    "  bramble psf write psf.h5 --na 0.8 --wavelength-nm 920 --spacing 1,0.1,0.1\n"
    "  bramble psf write psf.h5 --na 1.05 --wavelength-nm 920 --index 1.35 --fill 0.8 --spacing "
    "0.5,0.1,0.1\n"
    "  bramble psf write psf.h5 --gaussian 0.45,1.9 --spacing 1,0.1,0.1\n",
    "A computed PSF, of two-photon excitation or Gaussian"};

constexpr HelpText show_help{
    "Examples:\n"
    "  bramble psf show measured.h5\n"
    "  bramble psf show archive.h5:/psf/measured --picture measured.png\n",
    "Widths, tails and a picture of a PSF, as it would be used"};

constexpr HelpText estimate_help{
    "Examples:\n"
    "  bramble psf estimate beads.h5 --out measured.h5\n"
    "  bramble psf estimate day1.h5 day2.h5:/beads --out measured.h5 --half-depth-um 4\n",
    "The mean image of the isolated beads in stacks of sub-resolution beads"};

void add_write(CLI::App& psf, PsfWriteOptions& options) {
  CLI::App& command = add_command(psf, "write", write_help);
  command.add_option("OUT", options.out, "the file to write, HDF5")->required();
  command.add_option("--spacing", options.spacing_um, "voxel size z,y,x in um")
      ->delimiter(',')
      ->expected(3)
      ->required();
  CLI::Option* const aperture =
      command.add_option("--na", options.numerical_aperture, "numerical aperture");
  CLI::Option* const wavelength =
      command.add_option("--wavelength-nm", options.wavelength_nm, "of the excitation");
  command
      .add_option("--index", options.refractive_index, "refractive index of what the focus lies in")
      ->capture_default_str();
  command
      .add_option("--fill", options.pupil_fill,
                  "radius of the beam at 1/e^2 of its intensity over that of the pupil; inf: the "
                  "pupil is evenly lit")
      ->capture_default_str();
  CLI::Option* const gaussian =
      command
          .add_option("--gaussian", options.gaussian_fwhm_um,
                      "instead: a Gaussian of these full widths at half maximum xy,z in um")
          ->delimiter(',')
          ->expected(2);
  aperture->excludes(gaussian);
  wavelength->excludes(gaussian);
  command.callback([aperture, wavelength, gaussian] {
    if (gaussian->count() == 0 && (aperture->count() == 0 || wavelength->count() == 0)) {
      throw CLI::RequiredError("--na and --wavelength-nm, or --gaussian,");
    }
  });
}

void add_show(CLI::App& psf, PsfShowOptions& options) {
  CLI::App& command = add_command(psf, "show", show_help);
  command.add_option("FILE", options.place, "file, or file:/path where it holds several volumes")
      ->required();
  command.add_option("--picture", options.picture,
                     "PNG to write, instead of <name of the file>.png in the current folder");
  command.add_flag("--json", options.json, "as JSON on stdout");
}

void add_estimate(CLI::App& psf, PsfEstimateOptions& options) {
  CLI::App& command = add_command(psf, "estimate", estimate_help);
  command
      .add_option("BEADS", options.stacks,
                  "files, or file:/path, of stacks with the attribute element_size_um")
      ->required();
  command.add_option("--out", options.out, "the file to write, HDF5")->required();
  command
      .add_option("--half-depth-um", options.half_depth_um,
                  "how far above and below a bead its image is taken")
      ->capture_default_str();
  command.add_option("--half-width-um", options.half_width_um, "the same in plane")
      ->capture_default_str();
  command.add_flag("--mirrored", options.mirrored,
                   "average the PSF with its mirror images, for a lens without aberrations");
}

}  // namespace

void add_psf(CLI::App& app, PsfOptions& options) {
  CLI::App& psf = add_command(app, "psf", psf_help);
  psf.require_subcommand(1);
  add_write(psf, options.write);
  add_show(psf, options.show);
  add_estimate(psf, options.estimate);
}

}  // namespace bramble
