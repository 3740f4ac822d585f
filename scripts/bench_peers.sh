#!/usr/bin/env bash
# Compares nnspec with JAX, PyTorch, scikit-learn, onnxruntime and pandas on this machine, in a virtual environment of its own (.build/peers; needs
# python3 and PyPI). PyTorch's package on PyPI brings gigabytes of CUDA, so it is only installed when TORCH names a wheel or a requirement.
# Usage: scripts/bench_peers.sh [ARGUMENT OF compare.py...]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

python=.build/peers/bin/python
if [ ! -x "$python" ]; then
    python3 -m venv .build/peers || { echo "bench-peers: python3 has no venv (Debian: apt-get install python3-venv)" >&2; exit 1; }
fi
"$python" -m pip install --quiet --requirement Benchmarks/peers/requirements.txt || { echo "bench-peers: PyPI was not reached" >&2; exit 1; }
if [ -n "${TORCH:-}" ]; then "$python" -m pip install --quiet "$TORCH"; fi
"$python" -c 'import torch' 2>/dev/null || echo "bench-peers: without PyTorch; TORCH=path/to/torch.whl adds it" >&2
exec "$python" Benchmarks/peers/compare.py "$@"
