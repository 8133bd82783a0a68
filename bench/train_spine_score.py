#!/usr/bin/python3
"""Fits the spine score: boosted trees on what spine_candidates writes; prints what they reach.

  train_spine_score.py WORK --build BUILD --real RR30A [--check STUDY...]   everything
  train_spine_score.py WORK --real RR30A --only-fit [--check STUDY...]      from the tables that are in WORK

Recipe: phantom studies of RECIPE (bramble phantom; seed 31 is never trained on), the two in-vivo stacks of
RR30A with an expert's spines (spines.csv, centrelines.csv). A spine's candidate is the one that a one-to-one
assignment gives it; others within 0.45 um and 2.5 um in depth of a spine are left out; the rest are none, a
fraction of them kept with its weight. In-vivo rows weigh REAL_WEIGHT times as much. Prints F1 on the in-vivo
stacks with each dendrite segment withheld in both sessions, and on phantom studies named with --check; writes
pipeline/stack/spine_score_trees.inc. Needs python3-numpy, -scipy, -sklearn. About 6 minutes on two free
cores; set OMP_NUM_THREADS=1 for the fit where others compute too.
"""
import argparse, csv, re, subprocess
from collections import defaultdict
from pathlib import Path
import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.spatial import cKDTree
from sklearn.ensemble import HistGradientBoostingClassifier

RECIPE = [('default', 101), ('low_light', 102), ('awake', 103), ('deep_psf', 104), ('default', 105), ('wide_psf', 106),
          ('low_light', 107), ('coarse_voxels', 108), ('fine_voxels', 109), ('default', 110), ('saturated', 111),
          ('awake', 112), ('very_low_light', 113), ('deep_psf', 114)]
ITERATIONS = [6, 10, 14]                                    # of the restoration, in turn: the score must not hang on it
REAL_WEIGHT, NEGATIVES, BAGS, ROUNDS, LEAVES, RATE, FEATURES = 8., .2, 4, 120, 6, .07, .5
PLACE = 8                                                   # columns before the evidence
PHANTOM_GATE, REAL_GATE = (.6, 1.5), (1., 3.)               # um in plane, um in depth


def table(path):
    with open(path, newline='') as f:
        return list(csv.DictReader(f))


def session(name):
    return name if name.startswith('ses-') else 'ses-' + name


def real_truth(folder):
    """Per session: heads (tip moved 0.36 um to the base), whether they count, lines with their segment."""
    out = {}
    for s in sorted({session(r['session']) for r in table(folder / 'spines.csv')}):
        rows = [r for r in table(folder / 'spines.csv') if session(r['session']) == s]
        tip, base = (np.array([[float(r[f'{p}_{a}_um']) for a in 'zyx'] for r in rows]) for p in ('tip', 'base'))
        way = base - tip
        length = np.maximum(np.linalg.norm(way, axis=1, keepdims=True), 1e-9)
        lines = np.array([[float(r[k]) for k in ('z_um', 'y_um', 'x_um', 'dendrite_id')]
                          for r in table(folder / 'centrelines.csv') if session(r['session']) == s])
        out[s] = dict(heads=tip + .36 * way / length, counts=np.array([r['excluded'] == '0' for r in rows]), lines=lines)
    return out


def phantom_truth(folder):
    rows = defaultdict(list)
    for r in table(folder / 'truth_spines.csv'):
        rows[(r['subject'], r['session'], r['fov'])].append(r)
    return {k: dict(heads=np.array([[float(r[f'head_{a}_um']) for a in 'zyx'] for r in q]),
                    counts=np.array([r['scorable'] == '1' for r in q]), lines=None) for k, q in rows.items()}


def assign(places, heads, gate, bonus=0.):
    if not len(places) or not len(heads):
        return []
    d = places[:, None] - heads[None]
    xy, z = np.hypot(d[..., 1], d[..., 2]), np.abs(d[..., 0])
    bad = (xy > gate[0]) | (z > gate[1])
    i, j = linear_sum_assignment(np.where(bad, 1e4, np.hypot(xy / gate[0], z / gate[1]) - bonus))
    return [(a, b) for a, b in zip(i, j) if not bad[a, b]]


class Stack:
    """Candidates of one stack with their labels: 1 spine, 0 none, -1 left out, -2 far from the annotated lines."""

    def __init__(self, path, truth, real):
        names = path.with_suffix('.txt').read_text().split('\n')
        num_columns = int(names[3])
        self.rows = np.fromfile(path, np.float32).reshape(-1, num_columns).astype(float)
        key = session(names[1]) if real else (names[0], session(names[1]), names[2].split('_')[-1])
        none = dict(heads=np.zeros((0, 3)), counts=np.zeros(0, bool), lines=None)
        self.truth, self.gate, self.real = truth.get(key, none), REAL_GATE if real else PHANTOM_GATE, real
        self.label()

    places = property(lambda self: self.rows[:, :3])
    evidence = property(lambda self: self.rows[:, PLACE:])

    def label(self):
        heads, self.y = self.truth['heads'], np.zeros(len(self.rows), int)
        self.segment = np.full(len(self.rows), -1)
        if len(heads) and len(self.rows):
            d = self.places[:, None] - heads[None]
            self.y[((np.hypot(d[..., 1], d[..., 2]) < .45) & (np.abs(d[..., 0]) < 2.5)).any(1)] = -1
            for a, b in assign(self.places, heads, self.gate, np.clip(self.rows[:, 7], 0, 1)[:, None]):
                self.y[a] = 1 if self.truth['counts'][b] else -1
        if self.real and len(self.rows):
            far, at = cKDTree(self.truth['lines'][:, :3]).query(self.places)
            self.segment = self.truth['lines'][at, 3].astype(int)
            self.y[far > 4] = -2

    def select(self, p, least):
        """Best first; drops what lies within the half axes of suppress_duplicates.hpp of a better one."""
        kept = []
        _, _, _, dendrite, path, lateral, depth = self.rows[:, :7].T
        for a in [i for i in np.argsort(-p, kind='stable') if p[i] >= least]:
            k = np.array(kept, int)
            same = dendrite[k] == dendrite[a]
            near = ((path[k] - path[a]) / .5) ** 2 + ((lateral[k] - lateral[a]) / 1.5) ** 2 + ((depth[k] - depth[a]) / 3.5) ** 2 < 1
            other = np.hypot(*(self.rows[k, 1:3] - self.rows[a, 1:3]).T) < .5
            other &= np.abs(self.rows[k, 0] - self.rows[a, 0]) < 3.5
            if not (np.where(same, near & ((lateral[k] < 0) == (lateral[a] < 0)), other)).any():
                kept.append(a)
        return np.array(kept, int)

    def score(self, chosen):
        """Hits, false alarms, misses; and which of the chosen are hits (1), false (0), neither (-1)."""
        places, truth = self.places[chosen], self.truth
        near = np.ones(len(places), bool)
        if self.real and len(places):
            near = cKDTree(truth['lines'][:, :3]).query(places)[0] <= 4
        state = np.where(near, 0, -1)
        for counted, value in ((True, 1), (False, -1)):
            open_ = np.where(state == 0)[0]
            heads = truth['heads'][truth['counts'] == counted]
            state[[open_[a] for a, _ in assign(places[open_], heads, self.gate)]] = value
        hits = (state == 1).sum()
        return np.array([hits, (state == 0).sum(), truth['counts'].sum() - hits]), state


def f1(c):
    return 2 * c[0] / max(1, 2 * c[0] + c[1] + c[2])


def text(c):
    return f'P {c[0] / max(1, c[0] + c[1]):.3f} R {c[0] / max(1, c[0] + c[2]):.3f} F1 {f1(c):.3f}'


class Score:
    """A bag of boosted trees; the mean of their evidence counts."""

    def __init__(self, x, y, weight, seed=0):
        rng, self.parts = np.random.default_rng(seed), []
        for i in range(BAGS):
            columns = np.sort(rng.choice(x.shape[1], int(FEATURES * x.shape[1]), replace=False))
            model = HistGradientBoostingClassifier(max_iter=ROUNDS, learning_rate=RATE, max_leaf_nodes=LEAVES, min_samples_leaf=20,
                                                   l2_regularization=5, random_state=i, early_stopping=False)
            self.parts.append((columns, model.fit(x[:, columns], y, sample_weight=weight)))

    def __call__(self, x):
        if not len(x):
            return np.zeros(0)
        return 1 / (1 + np.exp(-np.mean([m.decision_function(x[:, c]) for c, m in self.parts], axis=0)))

    def write(self, path, provenance):
        roots, nodes, lines = [], 0, []
        for columns, model in self.parts:
            for (tree,) in model._predictors:
                roots.append(nodes)
                line = []
                for n in tree.nodes:
                    if n['is_leaf']:
                        line.append(f'{{-1, {n["value"] / BAGS:.6g}f, 0, 0}}')
                    else:
                        line.append(f'{{{columns[n["feature_idx"]]}, {n["num_threshold"]:.6g}f, {nodes + n["left"]}, {nodes + n["right"]}}}')
                nodes += len(line)
                lines.append('    ' + ', '.join(line).replace('-0f', '0.0f') + ',')
        bias = float(np.mean([np.ravel(m._baseline_prediction)[0] for _, m in self.parts]))
        fix = lambda s: re.sub(r'(?<![\d.e-])(-?\d+)f', r'\1.0f', s)
        with open(path, 'w') as f:
            f.writelines(f'// {line}\n' for line in provenance)
            f.write('// A node: feature (-1: leaf), threshold (leaf: what it adds), next node up to the threshold, above it.\n')
            f.write(f'constexpr float spine_score_bias = {bias:.6g}f;\n\nconstexpr int spine_score_roots[] = {{\n')
            f.writelines('    ' + ', '.join(map(str, roots[i:i + 16])) + ',\n' for i in range(0, len(roots), 16))
            f.write('};\n\n// A line is a tree.\nconstexpr TreeNode spine_score_nodes[] = {\n' + fix('\n'.join(lines)) + '\n};\n')


def rows_of(stacks, rng):
    """Evidence, label and weight of what is trained on."""
    x, y, w = [], [], []
    for s in stacks:
        if s.real:
            k, weight = s.y >= 0, np.full(len(s.y), REAL_WEIGHT)
        else:
            k, weight = (s.y == 1) | ((s.y == 0) & (rng.random(len(s.y)) < NEGATIVES)), np.where(s.y == 1, 1, 1 / NEGATIVES)
        x.append(s.evidence[k]), y.append(s.y[k]), w.append(weight[k])
    return np.concatenate(x), np.concatenate(y), np.concatenate(w)


THRESHOLDS = np.arange(.15, .76, .05)


def curve(stacks, ps):
    total = np.zeros((len(THRESHOLDS), 3))
    for s, p in zip(stacks, ps):
        chosen = s.select(p, THRESHOLDS[0])
        total += [s.score(chosen[p[chosen] >= t])[0] for t in THRESHOLDS]
    return total


def report(name, c):
    b = int(np.argmax([f1(x) for x in c]))
    lines = f'{name}: best at {THRESHOLDS[b]:.2f}: {text(c[b])} | ' + ' '.join(f'{t:.2f}:{f1(x):.3f}' for t, x in zip(THRESHOLDS, c))
    print(lines, flush=True)
    return lines


def calibration(name, stacks, ps):
    pairs = [np.array(a) for s, p in zip(stacks, ps) for c in [s.select(p, .1)] for st in [s.score(c)[1]] for a in zip(p[c], st) if a[1] >= 0]
    v = np.array(pairs)
    bins = ' '.join(f'{lo:.1f}..{lo + .2:.1f}: {v[k, 1].mean():.2f} ({k.sum()})' for lo in (.2, .4, .6, .8) for k in [(v[:, 0] >= lo) & (v[:, 0] < lo + .2)] if k.any())
    print(f'{name}: real among p of {bins}', flush=True)


def make_tables(work, build, real):
    for i, (preset, seed) in enumerate(RECIPE):
        study = work / 'studies' / f'{preset}_{seed}'
        if not study.exists():
            subprocess.run([build / 'bramble', 'phantom', study, '--preset', preset, '--seed', str(seed), '--animals', '4', '--fields', '2',
                            '--sessions=-1'], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([build / 'bench/spine_candidates', work / 'tables' / study.name, str(ITERATIONS[i % 3]), study], check=True)
    subprocess.run([build / 'bench/spine_candidates', work / 'tables/real', '10', real], check=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('work', type=Path)
    parser.add_argument('--build', type=Path)
    parser.add_argument('--real', type=Path, required=True)
    parser.add_argument('--check', type=Path, nargs='*', default=[], help='phantom studies to judge on')
    parser.add_argument('--only-fit', action='store_true')
    parser.add_argument('--out', type=Path, default=Path(__file__).parent.parent / 'pipeline/stack/spine_score_trees.inc')
    a = parser.parse_args()
    if not a.only_fit:
        make_tables(a.work, a.build, a.real)
        for study in a.check:
            subprocess.run([a.build / 'bench/spine_candidates', a.work / 'tables' / ('check_' + study.name), '10', study], check=True)
    load = lambda folder, truth, is_real: [Stack(p, truth, is_real) for p in sorted(folder.glob('*.f32'))]
    real = load(a.work / 'tables/real', real_truth(a.real), True)
    phantoms = [s for preset, seed in RECIPE for n in [f'{preset}_{seed}'] for s in load(a.work / 'tables' / n, phantom_truth(a.work / 'studies' / n), False)]
    for name, stacks in (('in vivo', real), ('phantoms', phantoms)):
        print(name, 'candidates', sum((s.y != -2).sum() for s in stacks), 'spines', sum(s.truth['counts'].sum() for s in stacks), 'with a candidate', sum((s.y == 1).sum() for s in stacks))
    x, y, w = rows_of(phantoms, np.random.default_rng(1))
    withheld = [np.zeros(len(s.rows)) for s in real]
    for segment in np.unique(np.concatenate([s.segment[s.y != -2] for s in real])):
        keep = [(s, (s.y >= 0) & (s.segment != segment)) for s in real]
        score = Score(np.concatenate([x] + [s.evidence[k] for s, k in keep]), np.concatenate([y] + [s.y[k] for s, k in keep]),
                      np.concatenate([w] + [np.full(k.sum(), REAL_WEIGHT) for s, k in keep]))
        for s, p in zip(real, withheld):
            p[s.segment == segment] = score(s.evidence[s.segment == segment])
    provenance = ['Written by bench/train_spine_score.py; do not edit.', 'Phantoms: ' + ' '.join(f'{p}:{s}' for p, s in RECIPE) + '; in vivo: rr30a, 2 sessions.']
    provenance.append(report('In vivo, each segment withheld in both sessions', curve(real, withheld)))
    calibration('In vivo', real, withheld)
    rx, ry, rw = rows_of(real, None)
    score = Score(np.concatenate([x, rx]), np.concatenate([y, ry]), np.concatenate([w, rw]))
    for study in a.check:
        stacks = load(a.work / 'tables' / ('check_' + study.name), phantom_truth(study), False)
        ps = [score(s.evidence) for s in stacks]
        provenance.append(report(f'Phantom {study.name}', curve(stacks, ps)))
        calibration(study.name, stacks, ps)
    score.write(a.out, provenance)


if __name__ == '__main__':
    main()
