#!/usr/bin/env python3
"""Draws the output of `nnspec-bench sweep` (JSON lines on standard input) as an SVG on standard output. No packages needed."""
import json
import sys

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 860, 420, 60, 40, 20, 50
points = [json.loads(line) for line in sys.stdin]
series = [("by_width", "#0b6", "width of the layers, 64 rows"), ("by_rows", "#06c", "rows of a batch, 64 units")]
limit = max(max(point[key] for point in points) for key, _, _ in series) * 1.05
sizes = max(point["size"] for point in points)


def x(size):
    return LEFT + (WIDTH - LEFT - RIGHT) * size / sizes


def y(gflops):
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * gflops / limit


print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">')
print(f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>')
threads = points[0]["threads"]
print(f'<text x="{LEFT}" y="20" font-size="14">GFLOP/s of whole training steps, three layers, {threads} thread{"s" * (threads > 1)}</text>')
for tick in range(0, int(limit) + 1, 20):
    print(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(tick):.1f}" y2="{y(tick):.1f}" stroke="#ddd"/>')
    print(f'<text x="{LEFT - 8}" y="{y(tick) + 4:.1f}" text-anchor="end">{tick}</text>')
for tick in range(0, sizes + 1, 50):
    print(f'<text x="{x(tick):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{tick}</text>')
for number, (key, color, label) in enumerate(series):
    line = " ".join(f'{x(point["size"]):.1f},{y(point[key]):.1f}' for point in points)
    print(f'<polyline points="{line}" fill="none" stroke="{color}" stroke-width="1.5"/>')
    print(f'<text x="{LEFT + 20 + 300 * number}" y="{HEIGHT - 12}" fill="{color}">{label}</text>')
print("</svg>")
