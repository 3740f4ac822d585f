/// dst row r = src row order[r]; a row is `byteCount` bytes. Four rows in turn, so that the memory fetches from four places at once.
func gatherRows(
    _ dst: UnsafeMutableRawPointer, _ src: UnsafeRawPointer, _ order: UnsafePointer<Int32>, _ byteCount: Int, _ from: Int, _ to: Int
) {
    var row = from
    while row &+ 4 <= to {
        let (a, b) = (src + Int(order[row]) &* byteCount, src + Int(order[row &+ 1]) &* byteCount)
        let (c, d) = (src + Int(order[row &+ 2]) &* byteCount, src + Int(order[row &+ 3]) &* byteCount)
        let target = dst + row &* byteCount
        var i = 0
        while i &+ 64 <= byteCount {
            let (p, q) = (a.loadUnaligned(fromByteOffset: i, as: SIMD16<Float>.self), b.loadUnaligned(fromByteOffset: i, as: SIMD16<Float>.self))
            let (r, s) = (c.loadUnaligned(fromByteOffset: i, as: SIMD16<Float>.self), d.loadUnaligned(fromByteOffset: i, as: SIMD16<Float>.self))
            (target + i).storeBytes(of: p, as: SIMD16<Float>.self)
            (target + (byteCount &+ i)).storeBytes(of: q, as: SIMD16<Float>.self)
            (target + (2 &* byteCount &+ i)).storeBytes(of: r, as: SIMD16<Float>.self)
            (target + (3 &* byteCount &+ i)).storeBytes(of: s, as: SIMD16<Float>.self)
            i = i &+ 64
        }
        while i < byteCount {
            target.storeBytes(of: a.load(fromByteOffset: i, as: UInt8.self), toByteOffset: i, as: UInt8.self)
            target.storeBytes(of: b.load(fromByteOffset: i, as: UInt8.self), toByteOffset: byteCount &+ i, as: UInt8.self)
            target.storeBytes(of: c.load(fromByteOffset: i, as: UInt8.self), toByteOffset: 2 &* byteCount &+ i, as: UInt8.self)
            target.storeBytes(of: d.load(fromByteOffset: i, as: UInt8.self), toByteOffset: 3 &* byteCount &+ i, as: UInt8.self)
            i = i &+ 1
        }
        row = row &+ 4
    }
    while row < to {
        (dst + row &* byteCount).copyMemory(from: src + Int(order[row]) &* byteCount, byteCount: byteCount)
        row = row &+ 1
    }
}

/// 1 if every one of the n elements is finite, else 0.
func allFinite(_ x: UnsafeRawPointer, _ n: Int) -> Int {
    let x = x.assumingMemoryBound(to: Scalar.self)
    // x * 0 is 0 for finite x and NaN otherwise.
    var zeros = splat(0)
    var i = 0
    while i &+ 16 <= n {
        zeros += load(x + i) * 0
        i = i &+ 16
    }
    if i < n { zeros += load(x + i, n &- i) * 0 }
    return sum(zeros) == 0 ? 1 : 0
}
