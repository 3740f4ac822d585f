/// silu, hard_swish, softplus and mish; gradients are made from x.
///
/// Numerics: at infinities and numbers that are too large to compute with, values and slopes are the limits (`gateInput`, `slopeInput`).
///
/// Source: Elfwing et al. 2018 (silu); Howard et al. 2019 (hard_swish); Misra 2019 (mish).
func silu(_ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ from: Int, _ to: Int) {
    elementwise(y, x, from, to) { gateInput($0) * logistic($0).value }
}

/// dx = dy σ (1 + x (1 - σ)).
func siluGradient(_ dx: UnsafeMutableRawPointer, _ dy: UnsafeRawPointer, _ x: UnsafeRawPointer, _ from: Int, _ to: Int) {
    elementwise(dx, dy, x, from, to) { dy, x in
        let x = slopeInput(x)
        let (value, complement) = logistic(x)
        return dy * value * (x * complement + 1)
    }
}

/// y = x min(max(x + 3, 0), 6) / 6, x itself where 6 x is no number.
func hardSwish(_ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ from: Int, _ to: Int) {
    elementwise(y, x, from, to) { select($0 .> splat(5e37), $0, gateInput($0) * clamp($0 + 3, 0, 6) / 6) }
}

/// dx = dy (0 up to -3, 1 from 3 on, x / 3 + 1/2 between).
func hardSwishGradient(_ dx: UnsafeMutableRawPointer, _ dy: UnsafeRawPointer, _ x: UnsafeRawPointer, _ from: Int, _ to: Int) {
    elementwise(dx, dy, x, from, to) { dy, x in
        let middle = dy * (x / 3 + 0.5)
        return select(x .>= splat(3), dy, select(x .<= splat(-3), splat(0), middle))
    }
}

/// y = ln(1 + e^x), x itself above 20.
func softplus(_ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ from: Int, _ to: Int) {
    elementwise(y, x, from, to) { x in
        let value = select(x .> splat(0), x, splat(0)) + logarithmOnePlus(exponential(-magnitude(x)))
        return select(x .> splat(20), x, value)
    }
}

func softplusGradient(_ dx: UnsafeMutableRawPointer, _ dy: UnsafeRawPointer, _ x: UnsafeRawPointer, _ from: Int, _ to: Int) {
    elementwise(dx, dy, x, from, to) { dy, x in select(x .> splat(20), dy, dy * logistic(x).value) }
}

/// tanh(ln(1 + e^x)) = n / (n + r), as rational functions of e^-|x|.
@inline(__always)
private func mishGate(_ x: Lanes) -> (n: Lanes, r: Lanes) {
    let w = exponential(-magnitude(x))
    let isPositive = x .> splat(0)
    return (select(isPositive, w * 2 + 1, w * (w + 2)), select(isPositive, w * w * 2, splat(2)))
}

/// y = x tanh(ln(1 + e^x)).
func mish(_ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ from: Int, _ to: Int) {
    elementwise(y, x, from, to) { x in
        let (n, r) = mishGate(x)
        return gateInput(x) * n / (n + r)
    }
}

/// dx = dy (t + x σ (1 - t^2)), t the gate.
func mishGradient(_ dx: UnsafeMutableRawPointer, _ dy: UnsafeRawPointer, _ x: UnsafeRawPointer, _ from: Int, _ to: Int) {
    elementwise(dx, dy, x, from, to) { dy, x in
        let x = slopeInput(x)
        let (n, r) = mishGate(x)
        let d = n + r
        let gate = n / d
        let slope = r / d * (gate + 1)
        return dy * (gate + x * logistic(x).value * slope)
    }
}

/// x of a product with a gate that is 0 far below: minus infinity times 0 would be no number, and the limit is 0. NaN stays.
@inline(__always)
func gateInput(_ x: Lanes) -> Lanes { select(x .< splat(-1e6), splat(-1e6), x) }

/// x of a slope that is 0 or 1 far out, where products of x overflow. NaN stays.
@inline(__always)
func slopeInput(_ x: Lanes) -> Lanes { clamp(x, -1e6, 1e6) }
