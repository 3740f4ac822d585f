/// The largest element of a row; NaN passed over.
@inline(__always)
func rowMaximum(_ x: UnsafePointer<Scalar>, _ n: Int) -> Scalar {
    var best = splat(-.infinity)
    var j = 0
    while j &+ 16 <= n {
        let v = load(x + j)
        best = select(v .> best, v, best)
        j = j &+ 16
    }
    if j < n {
        let v = load(x + j, n &- j, padding: -.infinity)
        best = select(v .> best, v, best)
    }
    return largest(best)
}

/// Sum of e^(x - maximum) over a row, in lane order.
@inline(__always)
func rowExponentialSum(_ x: UnsafePointer<Scalar>, _ n: Int, _ maximum: Scalar) -> Scalar {
    var total = splat(0)
    var j = 0
    while j &+ 16 <= n {
        total += exponential(load(x + j) - maximum)
        j = j &+ 16
    }
    // Padding of -infinity adds e^-infinity = 0.
    if j < n { total += exponential(load(x + j, n &- j, padding: -.infinity) - maximum) }
    return sum(total)
}

/// y = softmax of each row, the maximum subtracted; rows from ..< to.
func softmax(_ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ n: Int, _ from: Int, _ to: Int) {
    let y = y.assumingMemoryBound(to: Scalar.self)
    let x = x.assumingMemoryBound(to: Scalar.self)
    if n <= 16 {
        return sixteenRows(x, n, from, to) { row, count, exponentials, _, sum in
            for j in 0..<n { storeColumn(exponentials[j] / sum, y + (row &* n &+ j), n, count) }
        }
    }
    for row in from..<to { softmaxRow(y + row &* n, x + row &* n, n) }
}

@inline(__always)
func softmaxRow(_ y: UnsafeMutablePointer<Scalar>, _ x: UnsafePointer<Scalar>, _ n: Int) {
    let maximum = rowMaximum(x, n)
    if n <= 16 {
        let e = exponential((n == 16 ? load(x) : load(x, n, padding: -.infinity)) - maximum)
        let value = e / sum(e)
        if n == 16 { store(value, y) } else { store(value, y, n) }
        return
    }
    var total = splat(0)
    var j = 0
    while j &+ 16 <= n {
        let e = exponential(load(x + j) - maximum)
        store(e, y + j)
        total += e
        j = j &+ 16
    }
    if j < n {
        let e = exponential(load(x + j, n &- j, padding: -.infinity) - maximum)
        store(e, y + j, n &- j)
        total += e
    }
    let scale = sum(total)
    elementwise(y, y, 0, n) { $0 / scale }
}

/// dx = y (dy - sum of dy y) for each row; rows from ..< to.
func softmaxGradient(
    _ dx: UnsafeMutableRawPointer, _ dy: UnsafeRawPointer, _ y: UnsafeRawPointer, _ n: Int, _ from: Int, _ to: Int
) {
    let dx = dx.assumingMemoryBound(to: Scalar.self)
    let dy = dy.assumingMemoryBound(to: Scalar.self)
    let y = y.assumingMemoryBound(to: Scalar.self)
    for row in from..<to {
        let at = row &* n
        var products = splat(0)
        var j = 0
        while j &+ 16 <= n {
            products += load(dy + (at &+ j)) * load(y + (at &+ j))
            j = j &+ 16
        }
        if j < n { products += load(dy + (at &+ j), n &- j) * load(y + (at &+ j), n &- j) }
        let total = sum(products)
        elementwise(dx + at, dy + at, y + at, 0, n) { $1 * ($0 - total) }
    }
}

/// Calls `body` for groups of up to sixteen rows of n <= 16 columns, rows from ..< to, a row to a lane: e^(x - maximum) by column, the maximum,
/// and the sum in the order of `sum(_: Lanes)`. (Not a struct: what it needs of the runtime would be shared code.)
@inline(__always)
func sixteenRows(
    _ x: UnsafePointer<Scalar>, _ n: Int, _ from: Int, _ to: Int,
    _ body: (_ row: Int, _ count: Int, _ exponentials: UnsafePointer<Lanes>, _ maximum: Lanes, _ sum: Lanes) -> Void
) {
    let zero = splat(0)
    var room = (zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero)
    withUnsafeMutablePointer(to: &room) { room in
        let columns = UnsafeMutableRawPointer(room).assumingMemoryBound(to: Lanes.self)
        var row = from
        while row < to {
            let count = min(16, to &- row)
            var maximum = splat(-.infinity)
            for j in 0..<n {
                let v = loadColumn(x + (row &* n &+ j), n, count)
                columns[j] = v
                maximum = select(v .> maximum, v, maximum)
            }
            for j in 0..<n { columns[j] = exponential(columns[j] - maximum) }
            // Halves to halves as in `sum`; what is beyond n would add 0.
            func term(_ j: Int) -> Lanes { j < n ? columns[j] : zero }
            func eight(_ j: Int) -> Lanes { n > 8 ? term(j) + term(j &+ 8) : term(j) }
            func four(_ j: Int) -> Lanes { n > 4 ? eight(j) + eight(j &+ 4) : eight(j) }
            func two(_ j: Int) -> Lanes { n > 2 ? four(j) + four(j &+ 2) : four(j) }
            let sum = n > 1 ? two(0) + two(1) : two(0)
            body(row, count, UnsafePointer(columns), maximum, sum)
            row = row &+ 16
        }
    }
}

/// One element of each of `count` rows, `stride` apart, a row to a lane; the lanes beyond repeat the last.
@inline(__always)
func loadColumn(_ x: UnsafePointer<Scalar>, _ stride: Int, _ count: Int) -> Lanes {
    if count == 16 {
        return Lanes(
            x[0], x[stride], x[2 &* stride], x[3 &* stride], x[4 &* stride], x[5 &* stride], x[6 &* stride], x[7 &* stride], x[8 &* stride],
            x[9 &* stride], x[10 &* stride], x[11 &* stride], x[12 &* stride], x[13 &* stride], x[14 &* stride], x[15 &* stride])
    }
    var lanes = splat(0)
    for lane in 0..<16 { lanes[lane] = x[min(lane, count &- 1) &* stride] }
    return lanes
}

@inline(__always)
func storeColumn(_ value: Lanes, _ x: UnsafeMutablePointer<Scalar>, _ stride: Int, _ count: Int) {
    if count == 16 {
        for lane in 0..<16 { x[lane &* stride] = value[lane] }
    } else {
        for lane in 0..<count { x[lane &* stride] = value[lane] }
    }
}
