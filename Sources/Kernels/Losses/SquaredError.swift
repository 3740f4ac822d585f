/// Mean squared error: a row's loss is the mean of (x - t)^2 over its outputs.
func meanSquaredError(
    _ totals: UnsafeMutablePointer<Double>, _ x: UnsafeRawPointer, _ t: UnsafeRawPointer, _ weights: UnsafeRawPointer?, _: Double, _ n: Int,
    _ rows: Int
) {
    squaredErrors(totals, x, t, weights, Scalar(1 / Double(n)), n, rows)
}

/// dx = 2 (x - t) * w_r / (divisor n).
func meanSquaredErrorGradient(
    _ dx: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ t: UnsafeRawPointer, _ weights: UnsafeRawPointer?, _ totals: UnsafePointer<Double>,
    _: Double, _ n: Int, _ from: Int, _ to: Int
) {
    rowwiseGradient(dx, x, t, weights, totals[1], 2 / Double(n), n, from, to) { $0 - $1 }
}

/// Sum of squared errors: a row's loss is the sum of (x - t)^2 over its outputs.
func sumOfSquaredErrors(
    _ totals: UnsafeMutablePointer<Double>, _ x: UnsafeRawPointer, _ t: UnsafeRawPointer, _ weights: UnsafeRawPointer?, _: Double, _ n: Int,
    _ rows: Int
) {
    squaredErrors(totals, x, t, weights, 1, n, rows)
}

/// dx = 2 (x - t) * w_r: the sum over rows is not divided.
func sumOfSquaredErrorsGradient(
    _ dx: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ t: UnsafeRawPointer, _ weights: UnsafeRawPointer?, _: UnsafePointer<Double>,
    _: Double, _ n: Int, _ from: Int, _ to: Int
) {
    rowwiseGradient(dx, x, t, weights, 1, 2, n, from, to) { $0 - $1 }
}

@inline(__always)
private func squaredErrors(
    _ totals: UnsafeMutablePointer<Double>, _ x: UnsafeRawPointer, _ t: UnsafeRawPointer, _ weights: UnsafeRawPointer?, _ scale: Scalar, _ n: Int,
    _ rows: Int
) {
    let x = x.assumingMemoryBound(to: Scalar.self)
    let t = t.assumingMemoryBound(to: Scalar.self)
    addRowLosses(totals, weights, rows) { row, count in
        summedOverOutputs(x, t, n, row, count, scale) { x, t in
            let d = x - t
            return d * d
        }
    }
}
