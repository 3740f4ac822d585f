/// relu, leaky_relu and relu6, whose gradients are made from y. NaN stays; gradients at kinks as PyTorch's.
func relu(_ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ from: Int, _ to: Int) {
    elementwise(y, x, from, to) { select($0 .< splat(0), splat(0), $0) }
}

/// dx = y <= 0 ? 0 : dy.
func reluGradient(_ dx: UnsafeMutableRawPointer, _ dy: UnsafeRawPointer, _ y: UnsafeRawPointer, _ from: Int, _ to: Int) {
    elementwise(dx, dy, y, from, to) { select($1 .<= splat(0), splat(0), $0) }
}

/// y = x > 0 ? x : 0.01 x.
func leakyRelu(_ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ from: Int, _ to: Int) {
    elementwise(y, x, from, to) { select($0 .> splat(0), $0, $0 * 0.01) }
}

func leakyReluGradient(_ dx: UnsafeMutableRawPointer, _ dy: UnsafeRawPointer, _ y: UnsafeRawPointer, _ from: Int, _ to: Int) {
    elementwise(dx, dy, y, from, to) { select($1 .> splat(0), $0, $0 * 0.01) }
}

/// y = min(max(x, 0), 6).
func relu6(_ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ from: Int, _ to: Int) {
    elementwise(y, x, from, to) { clamp($0, 0, 6) }
}

/// dx = 0 < y < 6 ? dy : 0.
func relu6Gradient(_ dx: UnsafeMutableRawPointer, _ dy: UnsafeRawPointer, _ y: UnsafeRawPointer, _ from: Int, _ to: Int) {
    elementwise(dx, dy, y, from, to) { select($1 .> splat(0), select($1 .< splat(6), $0, splat(0)), splat(0)) }
}
