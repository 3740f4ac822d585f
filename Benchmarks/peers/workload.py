"""What the peers' benchmarks share: the specs in Benchmarks/workloads as these frameworks need them, and a stopwatch."""
import os
import pathlib
import sys
import time
import warnings

import yaml

# Rows lie in memory for so many batches.
BATCHES = 50
OUTPUTS = {"xor": 1, "iris": 3, "tabular": 2, "large": 1000}


def arguments():
    """ENGINE THREADS NAME... of the command line; for frameworks not loaded yet, which get no more threads than that."""
    engine, threads, names = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    warnings.filterwarnings("ignore")
    if threads == 1:
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[variable] = str(threads)
    os.environ["XLA_FLAGS"] = (
        f"--xla_cpu_multi_thread_eigen={'true' if threads > 1 else 'false'} intra_op_parallelism_threads={threads}"
    )
    return engine, threads, names


class Workload:
    """What a spec says that matters here."""

    def __init__(self, name):
        folder = pathlib.Path(__file__).resolve().parent.parent / "workloads"
        spec = yaml.safe_load((folder / f"{name}.yaml").read_text())
        model, optimizer = spec["model"], spec["optimizer"]
        hidden = [units for units in model["layers"][:-1]]
        self.name = name
        self.sizes = [model["input"], *hidden, OUTPUTS.get(name, 10)]
        self.activation = model["activation"]
        self.is_classification = spec["loss"] == "cross_entropy"
        self.is_adam = optimizer["type"] == "adam"
        self.rate = optimizer["learning_rate"]
        self.batch = spec["training"]["batch_size"]

    @property
    def operations(self):
        """A multiply-add counts as two; the first layer needs no gradient of its input."""
        pairs = [a * b for a, b in zip(self.sizes, self.sizes[1:])]
        return self.batch * (4 * pairs[0] + 6 * sum(pairs[1:]))


def best(run, rounds=4, seconds=0.5):
    """Seconds of one of the steps that run() says it did."""
    run()
    shortest = float("inf")
    for _ in range(rounds):
        start, steps = time.perf_counter(), 0
        while time.perf_counter() - start < seconds:
            steps += run()
        shortest = min(shortest, (time.perf_counter() - start) / steps)
    return shortest
