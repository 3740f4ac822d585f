/// dst row r = src row order[r]; a row is `byteCount` bytes.
func gatherRows(
    _ dst: UnsafeMutableRawPointer, _ src: UnsafeRawPointer, _ order: UnsafePointer<Int32>, _ byteCount: Int, _ from: Int, _ to: Int
) {
    for row in from..<to {
        (dst + row &* byteCount).copyMemory(from: src + Int(order[row]) &* byteCount, byteCount: byteCount)
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
