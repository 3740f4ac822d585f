"""Training trajectories by PyTorch in float64, for nnspec to reproduce.

Data: the first 12 rows of each iris species, columns standardised and rounded (already applied in the fixture).
Every case starts from the same rounded weights, uses full batches without shuffling, and records the loss before each
of the first 5 updates, the gradients of update 1, and all weights after updates 1 and 25.
Weights are stored as [inputs][units] (y = x W + b).

Writes Tests/Fixtures/torch_trajectories.json. Needs numpy and torch.
Usage: python3 scripts/reference/torch_trajectories.py [OUTPUT]
"""
import csv
import json
import pathlib
import sys

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUTPUT = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "Tests/Fixtures/torch_trajectories.json"

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

with open(ROOT / "specs/data/iris.csv", newline="") as file:
    rows = list(csv.reader(file))[1:]
pick = rows[0:12] + rows[50:62] + rows[100:112]
X = np.array([[float(v) for v in r[:4]] for r in pick])
X = np.round((X - X.mean(0)) / X.std(0), 4)
species = sorted({r[4] for r in pick})
Y = np.array([species.index(r[4]) for r in pick])
rng = np.random.default_rng(3)


def start(sizes):
    return [(np.round(rng.normal(0, .6, (a, b)), 3), np.round(rng.normal(0, .2, b), 3)) for a, b in zip(sizes, sizes[1:])]


S3, S1 = start([4, 5, 3]), start([4, 5, 1])
T3 = np.eye(3)[Y]
T1 = np.round(X[:, :1] * .7 - X[:, 1:2] * .2 + .1, 4)
B1 = (Y[:, None] == 2).astype(float)

ACTIVATIONS = dict(
    linear=lambda z: z, relu=F.relu, leaky_relu=lambda z: F.leaky_relu(z, 0.01), elu=F.elu, selu=F.selu, gelu=F.gelu,
    gelu_tanh=lambda z: F.gelu(z, approximate="tanh"), silu=F.silu, softplus=F.softplus, softsign=F.softsign,
    sigmoid=torch.sigmoid, tanh=torch.tanh, hard_sigmoid=F.hardsigmoid, hard_swish=F.hardswish, mish=F.mish, relu6=F.relu6)

LOSSES = dict(
    mse=(S1, T1, lambda z, t: F.mse_loss(z, t)),
    mae=(S1, T1, lambda z, t: F.l1_loss(z, t)),
    huber=(S1, T1, lambda z, t: F.huber_loss(z, t, delta=.5)),
    sse=(S1, T1, lambda z, t: ((z - t) ** 2).sum()),
    binary_cross_entropy=(S1, B1, lambda z, t: F.binary_cross_entropy_with_logits(z, t)),
    cross_entropy=(S3, Y, lambda z, t: F.cross_entropy(z, t)),
    cross_entropy_smoothed=(S3, Y, lambda z, t: F.cross_entropy(z, t, label_smoothing=.1)),
    cross_entropy_class_weights=(S3, Y, lambda z, t: F.cross_entropy(z, t, weight=torch.tensor([1., 2., .5]))),
    kl_divergence=(S3, T3 * .8 + .2 / 3, lambda z, t: F.kl_div(F.log_softmax(z, 1), t, reduction="batchmean")))

O = torch.optim
OPTIMIZERS = dict(
    sgd=lambda p: O.SGD(p, .1),
    momentum=lambda p: O.SGD(p, .1, momentum=.9),
    nesterov=lambda p: O.SGD(p, .1, momentum=.9, nesterov=True),
    sgd_weight_decay=lambda p: O.SGD(p, .1, weight_decay=.01),
    adam=lambda p: O.Adam(p, .01),
    adam_weight_decay=lambda p: O.Adam(p, .01, weight_decay=.01),
    adamw=lambda p: O.AdamW(p, .01, weight_decay=.05),
    rmsprop=lambda p: O.RMSprop(p, .01, alpha=.9),
    rmsprop_momentum=lambda p: O.RMSprop(p, .01, alpha=.9, momentum=.5),
    adagrad=lambda p: O.Adagrad(p, .05),
    nadam=lambda p: O.NAdam(p, .01),
    adam_clip_norm=lambda p: O.Adam(p, .01),
    sgd_clip_value=lambda p: O.SGD(p, .1))


def clip_norm(parameters, limit):
    """clip_grad_norm_ without its 1e-6 in the denominator: the norm is the limit afterwards."""
    norm = nn.utils.get_total_norm([p.grad for p in parameters])
    if norm > limit:
        for p in parameters:
            p.grad.mul_(limit / norm)


def case(activation, loss, optimizer):
    initial, t, f = LOSSES[loss]
    x, t = torch.tensor(X), torch.tensor(t)
    P = [torch.tensor(a, requires_grad=True) for layer in initial for a in layer]
    o = OPTIMIZERS[optimizer](P)
    losses, record = [], {}
    for step in range(1, 26):
        z = ACTIVATIONS[activation](x @ P[0] + P[1]) @ P[2] + P[3]
        value = f(z, t)
        o.zero_grad()
        value.backward()
        if step <= 5:
            losses.append(value.item())
        if step == 1:
            record["gradients_1"] = [p.grad.tolist() for p in P]
        if optimizer.endswith("clip_norm"):
            clip_norm(P, .5)
        if optimizer.endswith("clip_value"):
            nn.utils.clip_grad_value_(P, .05)
        o.step()
        if step in (1, 25):
            record[f"weights_{step}"] = [p.tolist() for p in P]
    return dict(hidden_activation=activation, loss=loss, optimizer=optimizer, losses=losses, **record)


cases = [case(a, "cross_entropy", "sgd") for a in ACTIVATIONS]
cases += [case("tanh", name, "sgd") for name in LOSSES]
cases += [case("tanh", "cross_entropy", name) for name in OPTIMIZERS]
notes = ("weight decay and clipping act on every parameter, biases included (decay_bias: true); clip_norm 0.5, "
         "clip_value 0.05; rmsprop alpha 0.9; huber delta 0.5")
result = dict(torch=torch.__version__, X=X.tolist(), class_index=Y.tolist(), target_regression=T1.tolist(),
              target_binary=B1.tolist(), target_distribution=LOSSES["kl_divergence"][1].tolist(),
              start_3=[a.tolist() for layer in S3 for a in layer], start_1=[a.tolist() for layer in S1 for a in layer],
              notes=notes, cases=cases)
OUTPUT.write_text(json.dumps(result))
print(len(cases), "cases")
