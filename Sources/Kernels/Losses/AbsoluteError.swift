/// Mean absolute error: a row's loss is the mean of |x - t| over its outputs.
func meanAbsoluteError(
    _ totals: UnsafeMutablePointer<Double>, _ x: UnsafeRawPointer, _ t: UnsafeRawPointer, _ weights: UnsafeRawPointer?, _: Double, _ n: Int,
    _ rows: Int
) {
    let x = x.assumingMemoryBound(to: Scalar.self)
    let t = t.assumingMemoryBound(to: Scalar.self)
    let scale = Scalar(1 / Double(n))
    addRowLosses(totals, weights, rows) { row, count in
        summedOverOutputs(x, t, n, row, count, scale) { magnitude($0 - $1) }
    }
}

/// dx = sign(x - t) * w_r / (divisor n), 0 at x = t.
func meanAbsoluteErrorGradient(
    _ dx: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ t: UnsafeRawPointer, _ weights: UnsafeRawPointer?, _ totals: UnsafePointer<Double>,
    _: Double, _ n: Int, _ from: Int, _ to: Int
) {
    rowwiseGradient(dx, x, t, weights, totals[1], 1 / Double(n), n, from, to) { sign($0 - $1) }
}

/// -1, 0 or 1; NaN stays.
@inline(__always)
func sign(_ x: Lanes) -> Lanes { select(x .> splat(0), splat(1), select(x .< splat(0), splat(-1), x)) }

/// Huber's loss: d^2 / 2 up to |d| = delta, delta (|d| - delta / 2) beyond; the mean over a row's outputs.
func huber(
    _ totals: UnsafeMutablePointer<Double>, _ x: UnsafeRawPointer, _ t: UnsafeRawPointer, _ weights: UnsafeRawPointer?, _ delta: Double, _ n: Int,
    _ rows: Int
) {
    let x = x.assumingMemoryBound(to: Scalar.self)
    let t = t.assumingMemoryBound(to: Scalar.self)
    let scale = Scalar(1 / Double(n))
    let (limit, half) = (Scalar(delta), Scalar(delta / 2))
    addRowLosses(totals, weights, rows) { row, count in
        summedOverOutputs(x, t, n, row, count, scale) { x, t in
            let d = magnitude(x - t)
            return select(d .> splat(limit), (d - half) * limit, d * d * 0.5)
        }
    }
}

/// dx = min(max(x - t, -delta), delta) * w_r / (divisor n).
func huberGradient(
    _ dx: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ t: UnsafeRawPointer, _ weights: UnsafeRawPointer?, _ totals: UnsafePointer<Double>,
    _ delta: Double, _ n: Int, _ from: Int, _ to: Int
) {
    let limit = Scalar(delta)
    rowwiseGradient(dx, x, t, weights, totals[1], 1 / Double(n), n, from, to) { clamp($0 - $1, -limit, limit) }
}
