/// sigmoid, tanh (gradients from y), softsign and hard_sigmoid (gradients from x).
func sigmoid(_ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ from: Int, _ to: Int) {
    elementwise(y, x, from, to) { logistic($0).value }
}

/// dx = dy y (1 - y).
func sigmoidGradient(_ dx: UnsafeMutableRawPointer, _ dy: UnsafeRawPointer, _ y: UnsafeRawPointer, _ from: Int, _ to: Int) {
    elementwise(dx, dy, y, from, to) { $0 * (($1) * (1 - $1)) }
}

func tanh(_ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ from: Int, _ to: Int) {
    elementwise(y, x, from, to) { hyperbolicTangent($0) }
}

/// dx = dy (1 - y^2).
func tanhGradient(_ dx: UnsafeMutableRawPointer, _ dy: UnsafeRawPointer, _ y: UnsafeRawPointer, _ from: Int, _ to: Int) {
    elementwise(dx, dy, y, from, to) { $0 * (1 - $1 * $1) }
}

/// y = x / (1 + |x|), which is 1 or -1 from 1e30 on, infinity too.
func softsign(_ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ from: Int, _ to: Int) {
    elementwise(y, x, from, to) { x in
        let x = clamp(x, -1e30, 1e30)
        return x / (magnitude(x) + 1)
    }
}

func softsignGradient(_ dx: UnsafeMutableRawPointer, _ dy: UnsafeRawPointer, _ x: UnsafeRawPointer, _ from: Int, _ to: Int) {
    elementwise(dx, dy, x, from, to) { dy, x in
        let d = magnitude(x) + 1
        return dy / (d * d)
    }
}

/// y = min(max(x + 3, 0), 6) / 6.
func hardSigmoid(_ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ from: Int, _ to: Int) {
    elementwise(y, x, from, to) { clamp($0 + 3, 0, 6) / 6 }
}

/// dx = -3 < x < 3 ? dy / 6 : 0, with PyTorch's 1/6, which is rounded to Float in Double too.
func hardSigmoidGradient(_ dx: UnsafeMutableRawPointer, _ dy: UnsafeRawPointer, _ x: UnsafeRawPointer, _ from: Int, _ to: Int) {
    elementwise(dx, dy, x, from, to) { select(magnitude($1) .< splat(3), $0 * 0x1.555556p-3, splat(0)) }
}
