/// dst row r = src row order[r]; a row is `byteCount` bytes. Of long rows four in turn, so that the memory fetches from four places at once.
func gatherRows(
    _ dst: UnsafeMutableRawPointer, _ src: UnsafeRawPointer, _ order: UnsafePointer<Int32>, _ byteCount: Int, _ from: Int, _ to: Int
) {
    var row = from
    while byteCount >= 512, row &+ 4 <= to {
        let (a, b) = (src + Int(order[row]) &* byteCount, src + Int(order[row &+ 1]) &* byteCount)
        let (c, d) = (src + Int(order[row &+ 2]) &* byteCount, src + Int(order[row &+ 3]) &* byteCount)
        let target = dst + row &* byteCount
        // The last vector reaches back over bytes that are copied already.
        var i = 0
        while i < byteCount {
            let at = min(i, byteCount &- 64)
            copyVector(target + at, a + at)
            copyVector(target + (byteCount &+ at), b + at)
            copyVector(target + (2 &* byteCount &+ at), c + at)
            copyVector(target + (3 &* byteCount &+ at), d + at)
            i = i &+ 64
        }
        row = row &+ 4
    }
    while row < to {
        (dst + row &* byteCount).copyMemory(from: src + Int(order[row]) &* byteCount, byteCount: byteCount)
        row = row &+ 1
    }
}

/// 64 bytes.
@inline(__always)
private func copyVector(_ to: UnsafeMutableRawPointer, _ from: UnsafeRawPointer) {
    to.storeBytes(of: from.loadUnaligned(as: SIMD64<UInt8>.self), as: SIMD64<UInt8>.self)
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
