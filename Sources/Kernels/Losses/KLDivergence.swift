/// Kullback-Leibler divergence of softmax(x) from the distribution t: sum of t (ln t - ln softmax(x)), where t ln t is 0 at t = 0.
///
/// With d = x - max and S = sum of e^d, ln softmax(x) is d - ln S.
func klDivergence(
    _ totals: UnsafeMutablePointer<Double>, _ x: UnsafeRawPointer, _ t: UnsafeRawPointer, _ weights: UnsafeRawPointer?, _: Double, _ n: Int,
    _ rows: Int
) {
    let x = x.assumingMemoryBound(to: Scalar.self)
    let t = t.assumingMemoryBound(to: Scalar.self)
    addRowLosses(totals, weights, rows) { row, count in
        var (sums, masses, differences) = (splat(1), splat(0), splat(0))
        for lane in 0..<count {
            let at = (row &+ lane) &* n
            let maximum = rowMaximum(x + at, n)
            sums[lane] = rowExponentialSum(x + at, n, maximum)
            masses[lane] = rowSum(t + at, n)
            differences[lane] = sum(
                summed(x + at, t + at, n, maximum) { d, t in select(t .== splat(0), splat(0), t * naturalLogarithm(t) - t * d) })
        }
        return differences + masses * naturalLogarithm(sums)
    }
}

/// dx = (softmax(x) * sum of t - t) * w_r / divisor.
func klDivergenceGradient(
    _ dx: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ t: UnsafeRawPointer, _ weights: UnsafeRawPointer?, _ totals: UnsafePointer<Double>,
    _: Double, _ n: Int, _ from: Int, _ to: Int
) {
    let dx = dx.assumingMemoryBound(to: Scalar.self)
    let x = x.assumingMemoryBound(to: Scalar.self)
    let t = t.assumingMemoryBound(to: Scalar.self)
    for row in from..<to {
        let at = row &* n
        softmaxRow(dx + at, x + at, n)
        let mass = rowSum(t + at, n)
        let factor = rowFactor(weights, row, totals[1], 1)
        elementwise(dx + at, dx + at, t + at, 0, n) { ($0 * mass - $1) * factor }
    }
}

/// Sum of f(x - maximum, t) over a row, in lanes; the padding is t = 0.
@inline(__always)
private func summed(
    _ x: UnsafePointer<Scalar>, _ t: UnsafePointer<Scalar>, _ n: Int, _ maximum: Scalar, _ f: (Lanes, Lanes) -> Lanes
) -> Lanes {
    var total = splat(0)
    var j = 0
    while j &+ 16 <= n {
        total += f(load(x + j) - maximum, load(t + j))
        j = j &+ 16
    }
    if j < n { total += f(load(x + j, n &- j, padding: maximum) - maximum, load(t + j, n &- j)) }
    return total
}

@inline(__always)
private func rowSum(_ t: UnsafePointer<Scalar>, _ n: Int) -> Scalar {
    var total = splat(0)
    var j = 0
    while j &+ 16 <= n {
        total += load(t + j)
        j = j &+ 16
    }
    if j < n { total += load(t + j, n &- j) }
    return sum(total)
}
