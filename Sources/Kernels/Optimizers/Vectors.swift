/// Vectors over all parameters at once, which L-BFGS works with.

/// total += sum of a[i] b[i], in Double, in lane order.
func addDotProduct(_ total: UnsafeMutablePointer<Double>, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ n: Int) {
    let a = a.assumingMemoryBound(to: Scalar.self)
    let b = b.assumingMemoryBound(to: Scalar.self)
    var lanes = SIMD16<Double>(repeating: 0)
    var i = 0
    while i &+ 16 <= n {
        lanes += widen(load(a + i)) * widen(load(b + i))
        i = i &+ 16
    }
    if i < n { lanes += widen(load(a + i, n &- i)) * widen(load(b + i, n &- i)) }
    total[0] += sum(lanes)
}

/// y = alpha a + beta b.
func combination(
    _ y: UnsafeMutableRawPointer, _ alpha: Double, _ a: UnsafeRawPointer, _ beta: Double, _ b: UnsafeRawPointer, _ from: Int, _ to: Int
) {
    let (alpha, beta) = (splat(Scalar(alpha)), splat(Scalar(beta)))
    elementwise(y, a, b, from, to) { ($0 * alpha).addingProduct($1, beta) }
}
