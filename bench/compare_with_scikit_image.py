#!/usr/bin/python3
"""How much faster than scikit-image and SciPy are thinning, distance transform, labelling and tubeness, and how much
nearer to the axes of tubes do thinned curves run?

    compare_with_scikit_image.py BUILD [--rounds 3] [--only thinning]

BUILD is a Release build with -DBRAMBLE_BENCH=ON. One thread each; in every round each operation runs once in our
benchmark (median of nine) and once in the library, one after the other, on the same volume; medians of CPU time over
the rounds, because other work on the machine stretches wall time. The results are compared too: distances and
components must be equal, or the program ends with 1.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"

import numpy as np
import scipy.ndimage
import scipy.spatial
from skimage.filters import sato
from skimage.morphology import skeletonize_3d

VOLUME = (128, 512, 512)
CROP = (64, 256, 256)  # sato of the whole volume takes a minute
SPACING_UM = (0.3, 0.3, 0.3)
EVERY_NEIGHBOUR = np.ones((3, 3, 3))


class Kernels:
    def __init__(self, build, folder):
        self.programs = pathlib.Path(build) / "bench"
        self.folder = pathlib.Path(folder)

    def run(self, kernel, values, dtype, shape, spacing):
        """The result of one of our kernels on an array."""
        given, found = self.folder / "in", self.folder / "out"
        (values if values is not None else np.zeros(0, np.uint8)).tofile(given)
        words = [kernel, given, found, *shape, *spacing]
        subprocess.run([self.programs / "kernel_files", *map(str, words)], check=True)
        return np.fromfile(found, dtype).reshape(shape)

    def seconds(self, program, name):
        """Median CPU time of a benchmark."""
        command = [self.programs / f"{program}_bench", f"--benchmark_filter=^{name}/", "--benchmark_format=json"]
        report = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        return next(b["cpu_time"] for b in report["benchmarks"] if b["aggregate_name"] == "median") / 1000


def seconds_of(operation):
    start = time.process_time()
    operation()
    return time.process_time() - start


def compare_speed(kernels, tubes, rounds, only):
    crop = tubes[: CROP[0], : CROP[1], : CROP[2]].astype(np.float32)
    crop += np.random.default_rng(1).random(CROP, np.float32)
    sizes = {shape: "x".join(map(str, reversed(shape))) for shape in (VOLUME, CROP)}
    cases = (
        ("thinning", "thin", "thin", VOLUME, 7, lambda: skeletonize_3d(tubes)),
        ("distances", "distance_transform", "distance_transform", VOLUME, 100,
         lambda: scipy.ndimage.distance_transform_edt(tubes, SPACING_UM)),
        ("labelling", "label_runs", "label_runs", VOLUME, 15, lambda: scipy.ndimage.label(tubes, EVERY_NEIGHBOUR)),
        ("tubeness", "tubeness", "tubeness/scale", CROP, 30, lambda: sato(crop, sigmas=[2], black_ridges=False)),
    )
    cases = [case for case in cases if only in (None, case[0])]
    ours = {case[0]: [] for case in cases}
    theirs = {case[0]: [] for case in cases}
    for _ in range(rounds):
        for name, program, benchmark, shape, _, operation in cases:
            ours[name].append(kernels.seconds(program, f"{benchmark}/cpu/{sizes[shape]}"))
            theirs[name].append(seconds_of(operation))
    for name, _, _, shape, wanted, _ in cases:
        own, other = statistics.median(ours[name]), statistics.median(theirs[name])
        print(f"{name:10} {sizes[shape]:12} ours {1000 * own:8.1f} ms   library {1000 * other:9.1f} ms   "
              f"{other / own:6.1f} times as fast (wanted {wanted})")


def check_results(kernels, tubes):
    nm = np.round(1000 * np.array(SPACING_UM))
    squared_nm2 = kernels.run("distance", tubes, np.uint32, VOLUME, SPACING_UM)
    expected = np.rint(scipy.ndimage.distance_transform_edt(tubes, nm) ** 2).astype(np.uint32)
    labels = kernels.run("labels", tubes, np.int32, VOLUME, SPACING_UM)
    components, count = scipy.ndimage.label(tubes, EVERY_NEIGHBOUR)
    pairs = np.unique(np.stack([labels[tubes > 0], components[tubes > 0]]), axis=1)
    same_components = pairs.shape[1] == count == len(np.unique(labels)) - 1
    num_different = np.count_nonzero(squared_nm2 != expected)
    print(f"distances: {num_different} voxels differ; components: {'the same' if same_components else 'DIFFERENT'} {count}")
    return num_different == 0 and same_components


def wandering_tube(random, extent):
    """Points of an axis, 0.25 apart, and a radius."""
    radius = random.uniform(3, 8)
    place = np.array([random.uniform(0, size) for size in extent])
    heading = np.array([random.uniform(-0.4, 0.4), random.uniform(-1, 1), random.uniform(-1, 1)])
    heading /= np.linalg.norm(heading)
    turn = np.zeros(3)
    axis = []
    for _ in range(400):
        axis.append(place)
        turn = 0.98 * turn + random.normal(0, 0.004, 3)
        heading = heading + 0.25 * turn
        heading /= np.linalg.norm(heading)
        place = place + 0.25 * heading
    return np.array(axis), radius


def disjoint_tubes(seed, extent, count=14):
    random = np.random.default_rng(seed)
    tubes = []
    while len(tubes) < count:
        axis, radius = wandering_tube(random, extent)
        is_inside = (axis.min(0) > radius + 2).all() and (axis.max(0) < np.array(extent) - radius - 3).all()
        if is_inside and all(scipy.spatial.cKDTree(other).query(axis)[0].min() > radius + other_radius + 3
                             for other, other_radius in tubes):
            tubes.append((axis, radius))
    return tubes


def paint(tubes, shape, step):
    mask = np.zeros(shape, np.uint8)
    grid = np.stack(np.meshgrid(*map(np.arange, shape), indexing="ij"), -1).reshape(-1, 3) * np.array(step)
    for axis, radius in tubes:
        near = ((grid >= axis.min(0) - radius) & (grid <= axis.max(0) + radius)).all(1)
        distance = scipy.spatial.cKDTree(axis).query(grid[near], distance_upper_bound=radius + 1)[0]
        mask.reshape(-1)[np.flatnonzero(near)[distance <= radius]] = 1
    return mask


def compare_centring(kernels, z_step, seeds=range(6)):
    extent = (64, 256, 256)
    shape = (1 + (extent[0] - 1) // z_step, extent[1], extent[2])
    step = (z_step, 1, 1)
    errors = {"ours": [], "scikit-image": [], "axis rounded to voxels": []}
    ends = {"ours": 0, "scikit-image": 0}
    for seed in seeds:
        tubes = disjoint_tubes(seed, extent)
        mask = paint(tubes, shape, step)
        points = np.concatenate([axis for axis, _ in tubes])
        nearest = scipy.spatial.cKDTree(points)
        curves = {"ours": kernels.run("thin", mask, np.uint8, shape, step), "scikit-image": skeletonize_3d(mask) > 0}
        for name, curve in curves.items():
            neighbours = scipy.ndimage.convolve(curve.astype(np.uint8), EVERY_NEIGHBOUR, mode="constant")
            ends[name] += np.count_nonzero(neighbours[curve > 0] == 2)
            errors[name].append(nearest.query(np.argwhere(curve) * np.array(step))[0].mean())
        rounded = np.unique(np.rint(points / step), axis=0) * np.array(step)
        errors["axis rounded to voxels"].append(nearest.query(rounded)[0].mean())
    means = {name: np.mean(values) for name, values in errors.items()}
    print(f"centre error at {z_step}:1, in voxels of x: " + ", ".join(f"{n} {v:.3f}" for n, v in means.items())
          + f"; ratio {means['ours'] / means['scikit-image']:.3f}; ends of {28 * len(errors['ours'])}: {ends}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=("thinning", "distances", "labelling", "tubeness"), help="time nothing else")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kernels = Kernels(arguments.build, folder)
        tubes = kernels.run("tubes", None, np.uint8, VOLUME, SPACING_UM)
        is_same = check_results(kernels, tubes)
        compare_centring(kernels, z_step=1)
        compare_centring(kernels, z_step=3)
        compare_speed(kernels, tubes, arguments.rounds, arguments.only)
    return 0 if is_same else 1


if __name__ == "__main__":
    sys.exit(main())
