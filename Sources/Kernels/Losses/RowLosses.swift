/// totals = (sum of w_r * loss_r, sum of w_r), in Double, in lane order over the rows. `losses(row, count)` makes the losses of `count` <= 16 rows
/// from `row`, one to a lane; the lanes beyond are passed over.
@inline(__always)
func addRowLosses(
    _ totals: UnsafeMutablePointer<Double>, _ weights: UnsafeRawPointer?, _ rows: Int, _ losses: (_ row: Int, _ count: Int) -> Lanes
) {
    var total = SIMD16<Double>(repeating: 0)
    var weight = SIMD16<Double>(repeating: 0)
    var row = 0
    while row < rows {
        let count = min(16, rows &- row)
        let values = widen(select(firstLanes(count), losses(row, count), splat(0)))
        if let weights {
            let w = weights.assumingMemoryBound(to: Scalar.self) + row
            let wide = widen(count == 16 ? load(w) : load(w, count))
            total += values * wide
            weight += wide
        } else {
            total += values
        }
        row = row &+ 16
    }
    totals[0] = sum(total)
    totals[1] = weights == nil ? Double(rows) : sum(weight)
}

/// The losses of `count` rows from `row` that are sums over their n outputs of f(x, t), times `scale`.
@inline(__always)
func summedOverOutputs(
    _ x: UnsafePointer<Scalar>, _ t: UnsafePointer<Scalar>, _ n: Int, _ row: Int, _ count: Int, _ scale: Scalar, _ f: (Lanes, Lanes) -> Lanes
) -> Lanes {
    // A single output: the rows themselves lie in lanes.
    if n == 1 { return (count == 16 ? f(load(x + row), load(t + row)) : f(load(x + row, count), load(t + row, count))) * scale }
    var losses = splat(0)
    for lane in 0..<count {
        let at = (row &+ lane) &* n
        var total = splat(0)
        var j = 0
        while j &+ 16 <= n {
            total += f(load(x + (at &+ j)), load(t + (at &+ j)))
            j = j &+ 16
        }
        if j < n {
            let rest = n &- j
            total += select(firstLanes(rest), f(load(x + (at &+ j), rest), load(t + (at &+ j), rest)), splat(0))
        }
        losses[lane] = sum(total) * scale
    }
    return losses
}

/// dx = f(x, t) * scale * w_r / divisor for rows from ..< to.
@inline(__always)
func rowwiseGradient(
    _ dx: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ t: UnsafeRawPointer, _ weights: UnsafeRawPointer?, _ divisor: Double, _ scale: Double,
    _ n: Int, _ from: Int, _ to: Int, _ f: (Lanes, Lanes) -> Lanes
) {
    if weights == nil {
        let factor = rowFactor(nil, 0, divisor, scale)
        return elementwise(dx, x, t, from &* n, to &* n) { f($0, $1) * factor }
    }
    for row in from..<to {
        let factor = rowFactor(weights, row, divisor, scale)
        elementwise(dx, x, t, row &* n, (row &+ 1) &* n) { f($0, $1) * factor }
    }
}

/// scale * w_r / divisor, 0 where no row weighs anything.
@inline(__always)
func rowFactor(_ weights: UnsafeRawPointer?, _ row: Int, _ divisor: Double, _ scale: Double) -> Scalar {
    let weight = weights.map { Double($0.assumingMemoryBound(to: Scalar.self)[row]) } ?? 1
    return divisor == 0 ? 0 : Scalar(scale * weight / divisor)
}

/// Set in the first `count` lanes.
@inline(__always)
func firstLanes(_ count: Int) -> Mask {
    BitLanes(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) .< BitLanes(repeating: Bits(truncatingIfNeeded: count))
}

#if FLOAT64
@inline(__always)
func widen(_ x: Lanes) -> SIMD16<Double> { x }
#else
@inline(__always)
func widen(_ x: Lanes) -> SIMD16<Double> {
    // Lane by lane: the library's conversion is a function of its own that must not be compiled here.
    var wide = SIMD16<Double>(repeating: 0)
    for lane in 0..<16 { wide[lane] = Double(x[lane]) }
    return wide
}
#endif
