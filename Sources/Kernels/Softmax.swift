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
