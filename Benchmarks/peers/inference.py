#!/usr/bin/env python3
"""Rows per second that other frameworks predict with the specs in Benchmarks/workloads.

    inference.py ENGINE THREADS NAME...       ENGINE: onnxruntime | jax | torch | sklearn

Prints one JSON line for each workload. As nnspec-bench does it, 256 resident rows at a time (of xor all 200) go forward through the network; torch
and onnxruntime in their modes for inference, jax compiled. The best of several rounds counts.
"""
import json

from workload import BATCHES, Workload, arguments, best

ENGINE, THREADS, NAMES = arguments()
import numpy  # noqa: E402  (reads the number of threads as it is loaded)


class Network:
    """Weights and rows of a workload."""

    def __init__(self, work):
        random = numpy.random.default_rng(0)
        self.layers = [
            (random.normal(0, 0.05, pair).astype("f4"), numpy.zeros(pair[1], "f4")) for pair in zip(work.sizes, work.sizes[1:])]
        self.rows = random.normal(size=(min(256, BATCHES * work.batch), work.sizes[0])).astype("f4")
        self.activation = work.activation


def onnxruntime_call(network):
    import onnxruntime
    from onnx import TensorProto, helper, numpy_helper

    nodes, constants, name = [], [], "x"
    for index, (weight, bias) in enumerate(network.layers):
        constants += [numpy_helper.from_array(weight, f"w{index}"), numpy_helper.from_array(bias, f"b{index}")]
        nodes.append(helper.make_node("Gemm", [name, f"w{index}", f"b{index}"], [f"z{index}"]))
        name = f"z{index}"
        if index + 1 < len(network.layers):
            nodes.append(helper.make_node({"relu": "Relu", "tanh": "Tanh"}[network.activation], [name], [f"a{index}"]))
            name = f"a{index}"
    shape = network.rows.shape
    graph = helper.make_graph(
        nodes, "network", [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, [shape[0], len(network.layers[-1][1])])], constants)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    return lambda: session.run(None, {"x": network.rows})


def torch_call(network):
    import torch

    torch.set_num_threads(THREADS)
    rows = torch.from_numpy(network.rows)
    layers = []
    for weight, bias in network.layers:
        linear = torch.nn.Linear(*weight.shape)
        linear.weight.data, linear.bias.data = torch.from_numpy(weight.T.copy()), torch.from_numpy(bias)
        layers += [linear, {"relu": torch.nn.ReLU, "tanh": torch.nn.Tanh}[network.activation]()]
    model = torch.nn.Sequential(*layers[:-1]).eval()

    def call():
        with torch.inference_mode():
            return model(rows)

    return call


def jax_call(network):
    import jax

    function = {"relu": jax.nn.relu, "tanh": jax.numpy.tanh}[network.activation]

    def forward(layers, x):
        for index, (weight, bias) in enumerate(layers):
            x = x @ weight + bias
            if index + 1 < len(layers):
                x = function(x)
        return x

    compiled, layers, rows = jax.jit(forward), jax.device_put(network.layers), jax.device_put(network.rows)
    return lambda: jax.block_until_ready(compiled(layers, rows))


def sklearn_call(network):
    from sklearn.neural_network import MLPRegressor

    model = MLPRegressor(hidden_layer_sizes=[len(bias) for _, bias in network.layers[:-1]], activation=network.activation, max_iter=1)
    model.fit(network.rows[:2], numpy.zeros((2, len(network.layers[-1][1])), "f4").squeeze())
    model.coefs_, model.intercepts_ = [weight for weight, _ in network.layers], [bias for _, bias in network.layers]
    return lambda: model.predict(network.rows)


for name in NAMES:
    network = Network(Workload(name))
    call = globals()[ENGINE + "_call"](network)

    def run():
        call()
        return 1

    rate = len(network.rows) / best(run)
    print(json.dumps({"engine": ENGINE, "threads": THREADS, "workload": name, "rows_per_second": round(rate)}), flush=True)
