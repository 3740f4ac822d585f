/// y = kept ? x / (1 - rate) : 0, element i kept if word i of the Philox stream is at least rate * 2^32; elements from ..< to.
///
/// The words are addressed by element, so neither threads nor blocks change them. Four Philox blocks run side by side.
func dropout(
    _ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ rate: Double, _ key: UInt64, _ step: UInt64, _ from: Int, _ to: Int
) {
    let y = y.assumingMemoryBound(to: Scalar.self)
    let x = x.assumingMemoryBound(to: Scalar.self)
    let bound = rate * 0x1p32
    let threshold = UInt64(bound) &+ (Double(UInt64(bound)) < bound ? 1 : 0)
    let scale = Scalar(1 / (1 - rate))
    var i = from
    while i < to {
        let first = i & ~15
        let words = philoxWords(UInt64(first / 4), step, key)
        let end = min(first &+ 16, to)
        while i < end {
            y[i] = UInt64(words[i &- first]) >= threshold ? x[i] * scale : 0
            i = i &+ 1
        }
    }
}

/// Sixteen words: blocks `block` ..< `block` + 4 of substream `step`. Philox4x32-10 (Salmon et al., SC 2011).
@inline(__always)
private func philoxWords(_ block: UInt64, _ step: UInt64, _ key: UInt64) -> SIMD16<UInt32> {
    let blocks = SIMD4<UInt64>(block, block &+ 1, block &+ 2, block &+ 3)
    let low = SIMD4<UInt64>(repeating: 0xFFFF_FFFF)
    var c0 = blocks & low
    var c1 = blocks &>> 32
    var c2 = SIMD4<UInt64>(repeating: step & 0xFFFF_FFFF)
    var c3 = SIMD4<UInt64>(repeating: step >> 32)
    var k0 = key & 0xFFFF_FFFF
    var k1 = key >> 32
    for _ in 0..<10 {
        let p0 = c0 &* 0xD251_1F53
        let p1 = c2 &* 0xCD9E_8D57
        (c0, c1, c2, c3) = ((p1 &>> 32) ^ c1 ^ k0, p1 & low, (p0 &>> 32) ^ c3 ^ k1, p0 & low)
        k0 = (k0 &+ 0x9E37_79B9) & 0xFFFF_FFFF
        k1 = (k1 &+ 0xBB67_AE85) & 0xFFFF_FFFF
    }
    var words = SIMD16<UInt32>()
    for lane in 0..<4 {
        words[4 &* lane] = UInt32(truncatingIfNeeded: c0[lane])
        words[4 &* lane &+ 1] = UInt32(truncatingIfNeeded: c1[lane])
        words[4 &* lane &+ 2] = UInt32(truncatingIfNeeded: c2[lane])
        words[4 &* lane &+ 3] = UInt32(truncatingIfNeeded: c3[lane])
    }
    return words
}
