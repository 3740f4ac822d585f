/// Cross entropy from logits, softmax included; t are class numbers (Int32). With smoothing e, the target is (1 - e) for its class plus e / n for
/// each. A row's loss is (1 - e) (ln S - d_t) + e (ln S - mean d), where d = x - max and S = sum of e^d: finite for any finite logits.
func crossEntropy(
    _ totals: UnsafeMutablePointer<Double>, _ x: UnsafeRawPointer, _ t: UnsafeRawPointer, _ weights: UnsafeRawPointer?, _ smoothing: Double,
    _ n: Int, _ rows: Int
) {
    let x = x.assumingMemoryBound(to: Scalar.self)
    let t = t.assumingMemoryBound(to: Int32.self)
    let e = Scalar(smoothing)
    addRowLosses(totals, weights, rows) { row, count in
        var sums = splat(1)
        var targets = splat(0)
        for lane in 0..<count {
            let logits = x + (row &+ lane) &* n
            let maximum = rowMaximum(logits, n)
            sums[lane] = rowExponentialSum(logits, n, maximum)
            let own = logits[Int(t[row &+ lane])] - maximum
            targets[lane] = e == 0 ? own : (1 - e) * own + e * rowMean(logits, n, maximum)
        }
        return naturalLogarithm(sums) - targets
    }
}

/// dx = (softmax - target) * w_r / divisor.
func crossEntropyGradient(
    _ dx: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ t: UnsafeRawPointer, _ weights: UnsafeRawPointer?, _ totals: UnsafePointer<Double>,
    _ smoothing: Double, _ n: Int, _ from: Int, _ to: Int
) {
    let dx = dx.assumingMemoryBound(to: Scalar.self)
    let x = x.assumingMemoryBound(to: Scalar.self)
    let t = t.assumingMemoryBound(to: Int32.self)
    let own = Scalar(1 - smoothing)
    let uniform = Scalar(smoothing / Double(n))
    for row in from..<to {
        let to = dx + row &* n
        softmaxRow(to, x + row &* n, n)
        to[Int(t[row])] -= own
        let factor = rowFactor(weights, row, totals[1], 1)
        elementwise(to, to, 0, n) { ($0 - uniform) * factor }
    }
}

/// Loss and gradient in one pass, to the same bits as one after the other.
func crossEntropyWithGradient(
    _ dx: UnsafeMutableRawPointer, _ totals: UnsafeMutablePointer<Double>, _ x: UnsafeRawPointer, _ t: UnsafeRawPointer, _ weights: UnsafeRawPointer?,
    _ smoothing: Double, _ n: Int, _ rows: Int
) {
    guard n <= 16, smoothing == 0, weights == nil else {
        crossEntropy(totals, x, t, weights, smoothing, n, rows)
        return crossEntropyGradient(dx, x, t, weights, totals, smoothing, n, 0, rows)
    }
    let dx = dx.assumingMemoryBound(to: Scalar.self)
    let x = x.assumingMemoryBound(to: Scalar.self)
    let t = t.assumingMemoryBound(to: Int32.self)
    let factor = rowFactor(nil, 0, Double(rows), 1)
    var total = SIMD16<Double>(repeating: 0)
    sixteenRows(x, n, 0, rows) { row, count, exponentials, maximum, sum in
        let classes = loadClasses(t + row, count)
        var own = splat(0)
        for j in 0..<n {
            let isOwn = classes .== BitLanes(repeating: Bits(truncatingIfNeeded: j))
            own = select(isOwn, loadColumn(x + (row &* n &+ j), n, count), own)
            let share = exponentials[j] / sum
            storeColumn(select(isOwn, share - 1, share) * factor, dx + (row &* n &+ j), n, count)
        }
        let losses = naturalLogarithm(sum) - (own - maximum)
        total += widen(select(firstLanes(count), losses, splat(0)))
    }
    totals[0] = sum(total)
    totals[1] = Double(rows)
}

/// Class numbers of `count` rows; the lanes beyond hold -1.
@inline(__always)
private func loadClasses(_ t: UnsafePointer<Int32>, _ count: Int) -> BitLanes {
    var classes = BitLanes(repeating: -1)
    for lane in 0..<count { classes[lane] = Bits(truncatingIfNeeded: t[lane]) }
    return classes
}

/// Mean of x - maximum over a row.
@inline(__always)
private func rowMean(_ x: UnsafePointer<Scalar>, _ n: Int, _ maximum: Scalar) -> Scalar {
    var total = splat(0)
    var j = 0
    while j &+ 16 <= n {
        total += load(x + j) - maximum
        j = j &+ 16
    }
    if j < n { total += load(x + j, n &- j, padding: maximum) - maximum }
    return sum(total) / Scalar(n)
}
