/// y[i] = f(x[i]) for i in from ..< to, sixteen at a time; the tail runs the same lanes, padded, so that its bits are the same.
@inline(__always)
func elementwise(_ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ from: Int, _ to: Int, _ f: (Lanes) -> Lanes) {
    let y = y.assumingMemoryBound(to: Scalar.self)
    let x = x.assumingMemoryBound(to: Scalar.self)
    var i = from
    while i &+ 16 <= to {
        store(f(load(x + i)), y + i)
        i = i &+ 16
    }
    if i < to { store(f(load(x + i, to &- i)), y + i, to &- i) }
}

/// y[i] = f(a[i], b[i]) for i in from ..< to.
@inline(__always)
func elementwise(
    _ y: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ from: Int, _ to: Int, _ f: (Lanes, Lanes) -> Lanes
) {
    let y = y.assumingMemoryBound(to: Scalar.self)
    let a = a.assumingMemoryBound(to: Scalar.self)
    let b = b.assumingMemoryBound(to: Scalar.self)
    var i = from
    while i &+ 16 <= to {
        store(f(load(a + i), load(b + i)), y + i)
        i = i &+ 16
    }
    if i < to { store(f(load(a + i, to &- i), load(b + i, to &- i)), y + i, to &- i) }
}

/// y = a + b.
func add(_ y: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ from: Int, _ to: Int) {
    elementwise(y, a, b, from, to) { $0 + $1 }
}
