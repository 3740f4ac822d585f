/// What happens to a gradient before the optimizer sees it: penalties and clipping.

/// y = g + l1 sign(w) + 2 l2 w.
func penaltyGradient(
    _ y: UnsafeMutableRawPointer, _ g: UnsafeRawPointer, _ w: UnsafeRawPointer, _ l1: Double, _ l2: Double, _ from: Int, _ to: Int
) {
    let (first, second) = (Scalar(l1), Scalar(2 * l2))
    elementwise(y, g, w, from, to) { $0 + sign($1) * first + $1 * second }
}

/// total += sum of x[i]^2, in Double, in lane order.
func addSquaredNorm(_ total: UnsafeMutablePointer<Double>, _ x: UnsafeRawPointer, _ n: Int) {
    let x = x.assumingMemoryBound(to: Scalar.self)
    var lanes = SIMD16<Double>(repeating: 0)
    var i = 0
    while i &+ 16 <= n {
        let v = widen(load(x + i))
        lanes += v * v
        i = i &+ 16
    }
    if i < n {
        let v = widen(load(x + i, n &- i))
        lanes += v * v
    }
    total[0] += sum(lanes)
}

/// y = x limit / norm where the norm is above the limit, else x.
func clipByNorm(
    _ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ squaredNorm: UnsafePointer<Double>, _ limit: Double, _ from: Int, _ to: Int
) {
    let norm = squaredNorm[0].squareRoot()
    let factor = Scalar(norm > limit ? limit / norm : 1)
    elementwise(y, x, from, to) { $0 * factor }
}

/// y = min(max(x, -limit), limit).
func clipByValue(_ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ limit: Double, _ from: Int, _ to: Int) {
    let limit = Scalar(limit)
    elementwise(y, x, from, to) { clamp($0, -limit, limit) }
}
