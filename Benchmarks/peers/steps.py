#!/usr/bin/env python3
"""Microseconds per training step of other frameworks on the specs in Benchmarks/workloads.

    steps.py ENGINE THREADS NAME...       ENGINE: jax | torch | sklearn

Prints one JSON line for each workload. A step is what nnspec-bench measures: gather a batch of resident rows, forward, loss, backward, update.
jax runs fifty steps inside one compiled scan, its fastest way; torch runs its eager loop; sklearn its own fit. The best of several rounds counts.
"""
import json
import time

from workload import BATCHES, Workload, arguments, best

ENGINE, THREADS, NAMES = arguments()


def torch_seconds(work):
    import torch

    torch.set_num_threads(THREADS)
    function = {"relu": torch.nn.ReLU, "tanh": torch.nn.Tanh}[work.activation]
    layers = []
    for inputs, outputs in zip(work.sizes, work.sizes[1:]):
        layers += [torch.nn.Linear(inputs, outputs), function()]
    model = torch.nn.Sequential(*layers[:-1])
    kind = torch.optim.Adam if work.is_adam else torch.optim.SGD
    optimizer = kind(model.parameters(), lr=work.rate)
    rows = BATCHES * work.batch
    inputs = torch.randn(rows, work.sizes[0])
    if work.is_classification:
        targets, loss = torch.randint(0, work.sizes[-1], (rows,)), torch.nn.CrossEntropyLoss()
    else:
        targets, loss = torch.randn(rows, work.sizes[-1]), torch.nn.MSELoss()

    def run():
        for first in range(0, rows, work.batch):
            optimizer.zero_grad()
            loss(model(inputs[first:first + work.batch]), targets[first:first + work.batch]).backward()
            optimizer.step()
        return BATCHES

    return best(run)


def jax_seconds(work):
    import jax
    import jax.numpy as jnp

    key = jax.random.PRNGKey(0)
    each = jax.tree_util.tree_map
    function = {"relu": jax.nn.relu, "tanh": jnp.tanh}[work.activation]
    weights = [(jax.random.normal(key, pair) * 0.05, jnp.zeros(pair[1])) for pair in zip(work.sizes, work.sizes[1:])]
    inputs = jax.random.normal(key, (BATCHES, work.batch, work.sizes[0]))
    if work.is_classification:
        targets = jax.random.randint(key, (BATCHES, work.batch), 0, work.sizes[-1])
    else:
        targets = jax.random.normal(key, (BATCHES, work.batch, work.sizes[-1]))

    def loss(weights, x, y):
        for index, (weight, bias) in enumerate(weights):
            x = x @ weight + bias
            if index + 1 < len(weights):
                x = function(x)
        if work.is_classification:
            return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(x), y[:, None], axis=1))
        return jnp.mean((x - y) ** 2)

    def sgd(weights, batch):
        return each(lambda w, g: w - work.rate * g, weights, jax.grad(loss)(weights, *batch)), None

    def adam(state, batch):
        weights, first, second, step = state
        gradients, step = jax.grad(loss)(weights, *batch), step + 1
        first = each(lambda m, g: 0.9 * m + 0.1 * g, first, gradients)
        second = each(lambda v, g: 0.999 * v + 0.001 * g * g, second, gradients)
        one, two = 1 - 0.9 ** step, 1 - 0.999 ** step
        weights = each(lambda w, m, v: w - work.rate * (m / one) / (jnp.sqrt(v / two) + 1e-8), weights, first, second)
        return (weights, first, second, step), None

    zeros = each(jnp.zeros_like, weights)
    state = (weights, zeros, each(jnp.zeros_like, weights), jnp.float32(0)) if work.is_adam else weights
    epoch = jax.jit(lambda s: jax.lax.scan(adam if work.is_adam else sgd, s, (inputs, targets))[0], donate_argnums=0)
    box = [jax.block_until_ready(epoch(state))]

    def run():
        box[0] = jax.block_until_ready(epoch(box[0]))
        return BATCHES

    return best(run)


def sklearn_seconds(work):
    import numpy
    from sklearn.neural_network import MLPClassifier, MLPRegressor

    rows = BATCHES * work.batch
    inputs = numpy.random.randn(rows, work.sizes[0]).astype("f4")
    targets = numpy.arange(rows) % work.sizes[-1] if work.is_classification else numpy.random.randn(rows)
    epochs = 2 if max(work.sizes) > 1000 else 8
    kind = MLPClassifier if work.is_classification else MLPRegressor
    shortest = float("inf")
    for _ in range(2):
        model = kind(
            hidden_layer_sizes=work.sizes[1:-1], batch_size=work.batch, activation=work.activation, solver="adam" if work.is_adam else "sgd",
            max_iter=epochs, n_iter_no_change=10 ** 6)
        start = time.perf_counter()
        model.fit(inputs, targets)
        shortest = min(shortest, (time.perf_counter() - start) / (epochs * BATCHES))
    return shortest


for name in NAMES:
    work = Workload(name)
    seconds = globals()[ENGINE + "_seconds"](work)
    line = {"engine": ENGINE, "threads": THREADS, "workload": name, "us_per_step": round(seconds * 1e6, 3)}
    print(json.dumps({**line, "gflops": round(work.operations / seconds / 1e9, 2)}), flush=True)
