"""Learning rates by PyTorch's schedulers in float64, one step for each epoch, for nnspec to reproduce.

Every case names the schedule in the words of a spec and lists the rate of every epoch; reduce_on_plateau with the values that it watches. A
warm-up of W epochs is a LambdaLR of k / W before the scheduler, joined by SequentialLR; for reduce_on_plateau, which cannot be joined, the
scheduler begins after it.

Writes Tests/Fixtures/schedules.json. Needs torch.
Usage: python3 scripts/reference/schedules.py [OUTPUT]
"""
import json
import pathlib
import random
import sys
import warnings

import torch
from torch.optim import lr_scheduler as s

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUTPUT = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "Tests/Fixtures/schedules.json"
warnings.simplefilter("ignore")


def optimizer(rate):
    return torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=rate)


def rates(o, scheduler, epochs, values=None):
    result = []
    for k in range(epochs):
        result.append(o.param_groups[0]["lr"])
        if k + 1 < epochs:
            o.step()
            scheduler.step() if values is None else scheduler.step(values[k])
    return result


def warmed(o, warm_up, make):
    if not warm_up:
        return make(o)
    warm = s.LambdaLR(o, lambda k: (k + 1) / warm_up)
    return s.SequentialLR(o, [warm, make(o)], milestones=[warm_up])


def case(name, rate, epochs, warmup_epochs=0, **settings):
    o, total = optimizer(rate), epochs - warmup_epochs
    make = dict(
        constant=lambda o: s.ConstantLR(o, factor=1),
        step=lambda o: s.StepLR(o, settings["every"], settings.get("factor", .1)),
        exponential=lambda o: s.ExponentialLR(o, settings["factor"]),
        cosine=lambda o: s.CosineAnnealingLR(o, total, settings.get("minimum", 0)),
        linear=lambda o: s.LinearLR(o, 1, settings.get("final", 0) / rate, total),
        one_cycle=lambda o: s.OneCycleLR(
            o, rate, total_steps=total, pct_start=settings.get("pct_start", .3), div_factor=settings.get("div_factor", 25),
            final_div_factor=settings.get("final_div_factor", 1e4), cycle_momentum=False))[name]
    spec = {name: settings | ({"warmup_epochs": warmup_epochs} if warmup_epochs else {})}
    return dict(schedule=spec, learning_rate=rate, epochs=epochs, rates=rates(o, warmed(o, warmup_epochs, make), epochs))


def plateau(rate, values, higher=False, warmup_epochs=0, **settings):
    o, epochs = optimizer(rate), len(values)
    scheduler = s.ReduceLROnPlateau(
        o, "max" if higher else "min", settings.get("factor", .1), settings.get("patience", 10), settings.get("threshold", 1e-4),
        cooldown=settings.get("cooldown", 0), min_lr=settings.get("minimum", 0))
    found = [rate * (k + 1) / warmup_epochs for k in range(warmup_epochs)]
    found += rates(o, scheduler, epochs - warmup_epochs, values[warmup_epochs:])
    spec = {"reduce_on_plateau": settings | ({"warmup_epochs": warmup_epochs} if warmup_epochs else {})}
    return dict(schedule=spec, learning_rate=rate, epochs=epochs, values=values, higher_is_better=higher, rates=found)


random.seed(4)
falling = [round(1 / (1 + k) + .05 * random.random(), 4) for k in range(60)]
cases = [
    case("constant", .1, 5), case("constant", .1, 9, warmup_epochs=4), case("step", .1, 40, every=7, factor=.3), case("step", .1, 12, every=1),
    case("step", .25, 30, every=4, factor=.5, warmup_epochs=5), case("exponential", .1, 300, factor=.95),
    case("exponential", .02, 30, factor=.9, warmup_epochs=3), case("cosine", .1, 100), case("cosine", .1, 1), case("cosine", .05, 57, minimum=.001),
    case("cosine", .1, 30, minimum=1e-4, warmup_epochs=6), case("linear", .1, 50), case("linear", .1, 20, final=.02),
    case("linear", .1, 25, final=.01, warmup_epochs=5), case("one_cycle", .1, 100), case("one_cycle", .1, 2),
    case("one_cycle", .01, 37, pct_start=.45, div_factor=10, final_div_factor=100), case("one_cycle", .1, 1),
    plateau(.1, falling, factor=.5, patience=2), plateau(.1, falling, factor=.5, patience=0, cooldown=3, minimum=.004),
    plateau(.1, [1 - v for v in falling], higher=True, factor=.3, patience=1, threshold=.01), plateau(.1, [.5] * 30, patience=3),
    # A value within the threshold is no improvement; one at the threshold is none either.
    plateau(.1, [1, .99995, .9999, .99989, .9998, .9998], patience=0), plateau(.1, falling, factor=.5, patience=2, warmup_epochs=10),
    # Below 1e-8 PyTorch reduces no more.
    plateau(1e-7, [.5] * 40, patience=0, factor=.5),
]
OUTPUT.write_text(json.dumps(dict(torch=torch.__version__, cases=cases), separators=(",", ":")) + "\n")
print(len(cases), "cases")
