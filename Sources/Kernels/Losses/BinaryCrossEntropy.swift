/// Binary cross entropy from logits, sigmoid included: max(x, 0) - x t + ln(1 + e^-|x|), the mean over a row's outputs. With
/// smoothing e the target is t (1 - e) + e / 2.
func binaryCrossEntropy(
    _ totals: UnsafeMutablePointer<Double>, _ x: UnsafeRawPointer, _ t: UnsafeRawPointer, _ weights: UnsafeRawPointer?, _ smoothing: Double,
    _ n: Int, _ rows: Int
) {
    let x = x.assumingMemoryBound(to: Scalar.self)
    let t = t.assumingMemoryBound(to: Scalar.self)
    let scale = Scalar(1 / Double(n))
    let (slope, shift) = (Scalar(1 - smoothing), Scalar(smoothing / 2))
    addRowLosses(totals, weights, rows) { row, count in
        summedOverOutputs(x, t, n, row, count, scale) { x, t in
            let target = t * slope + shift
            return select(x .< splat(0), splat(0), x) - x * target + logarithmOnePlus(exponential(-magnitude(x)))
        }
    }
}

/// dx = (sigmoid(x) - target) * w_r / (divisor n).
func binaryCrossEntropyGradient(
    _ dx: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ t: UnsafeRawPointer, _ weights: UnsafeRawPointer?, _ totals: UnsafePointer<Double>,
    _ smoothing: Double, _ n: Int, _ from: Int, _ to: Int
) {
    let (slope, shift) = (Scalar(1 - smoothing), Scalar(smoothing / 2))
    rowwiseGradient(dx, x, t, weights, totals[1], 1 / Double(n), n, from, to) { x, t in logistic(x).value - (t * slope + shift) }
}
