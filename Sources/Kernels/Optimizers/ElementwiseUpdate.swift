/// The walk of an optimizer with up to two states: (w, s0, s1) = f(w, g, s0, s1) for elements from ..< to of so many rows, each `stride` behind
/// the one before, in place. A state that is nil reads 0 and is not stored.
@inline(__always)
func elementwiseUpdate(
    _ w: UnsafeMutableRawPointer, _ g: UnsafeRawPointer, _ s0: UnsafeMutableRawPointer?, _ s1: UnsafeMutableRawPointer?, _ from: Int, _ to: Int,
    _ rows: Int, _ stride: Int, _ f: (_ w: inout Lanes, _ g: Lanes, _ s0: inout Lanes, _ s1: inout Lanes) -> Void
) {
    let w = w.assumingMemoryBound(to: Scalar.self)
    let g = g.assumingMemoryBound(to: Scalar.self)
    let s0 = s0?.assumingMemoryBound(to: Scalar.self)
    let s1 = s1?.assumingMemoryBound(to: Scalar.self)
    for row in 0..<rows {
        let (from, to) = (from &+ row &* stride, to &+ row &* stride)
        var i = from
        while i &+ 16 <= to {
            var value = load(w + i)
            var (first, second) = (splat(0), splat(0))
            if let s0 { first = load(s0 + i) }
            if let s1 { second = load(s1 + i) }
            f(&value, load(g + i), &first, &second)
            store(value, w + i)
            if let s0 { store(first, s0 + i) }
            if let s1 { store(second, s1 + i) }
            i = i &+ 16
        }
        guard i < to else { continue }
        let rest = to &- i
        var value = load(w + i, rest)
        var (first, second) = (splat(0), splat(0))
        if let s0 { first = load(s0 + i, rest) }
        if let s1 { second = load(s1 + i, rest) }
        f(&value, load(g + i, rest), &first, &second)
        store(value, w + i, rest)
        if let s0 { store(first, s0 + i, rest) }
        if let s1 { store(second, s1 + i, rest) }
    }
}
