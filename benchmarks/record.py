"""How long the record takes: append, root, inclusion and consistency at a hundred thousand leaves.

python -m benchmarks.record
"""

import random
import statistics
import time
from collections.abc import Callable

from app.record.merkle import Tree, leaf_hash
from app.record.verifier.trees import extends, includes

LEAVES = 100_000
ROUNDS = 20_000
LIMIT = 50.0
"""Microseconds that append, inclusion and consistency may take."""


def main() -> None:
    leaves = [leaf_hash(n.to_bytes(4)) for n in range(LEAVES)]
    began = time.perf_counter()
    tree = Tree(leaves)
    append = (time.perf_counter() - began) / LEAVES * 1e6
    chance = random.Random(1)
    places = [chance.randrange(LEAVES) for _ in range(ROUNDS)]
    paths = [tree.inclusion(place) for place in places[:2000]]
    growth = [tree.consistency(place + 1) for place in places[:2000]]
    root = tree.root()
    rows = {
        "append one leaf": append,
        "root": _median(lambda _: tree.root(), places),
        "inclusion proof": _median(tree.inclusion, places),
        "consistency proof": _median(lambda place: tree.consistency(place + 1), places),
        "check inclusion": _median(
            lambda n: includes(root, leaf=leaves[places[n]], position=places[n], size=LEAVES, path=paths[n]),
            range(2000),
        ),
        "check consistency": _median(
            lambda n: extends((places[n] + 1, tree.root(places[n] + 1)), (LEAVES, root), growth[n]),
            range(2000),
        ),
    }
    print(f"| at {LEAVES:,} leaves | microseconds | of {LIMIT:.0f} |\n|---|---|---|")
    for name, spent in rows.items():
        print(f"| {name} | {spent:.1f} | {spent / LIMIT:.2f} |")


def _median(act: Callable[[int], object], places: range | list[int]) -> float:
    spent = []
    for place in places:
        began = time.perf_counter()
        act(place)
        spent.append((time.perf_counter() - began) * 1e6)
    return statistics.median(spent)


if __name__ == "__main__":
    main()
