/// Philox4x32-10, a counter-based generator: every number has an address and none depends on how many were drawn before.
///
/// Source: Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011; checked against its known-answer vectors.
public enum Philox {
    /// Four 32-bit words for a 128-bit counter and a 64-bit key.
    @inlinable
    public static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
        // Words and not vectors: the products are of 64 bits, and blocks are independent of each other.
        var (c0, c1, c2, c3) = (counter[0], counter[1], counter[2], counter[3])
        var (k0, k1) = (key[0], key[1])
        for _ in 0..<10 {
            let p0 = UInt64(0xD251_1F53) &* UInt64(c0)
            let p1 = UInt64(0xCD9E_8D57) &* UInt64(c2)
            (c0, c1, c2, c3) = (
                UInt32(truncatingIfNeeded: p1 &>> 32) ^ c1 ^ k0, UInt32(truncatingIfNeeded: p1),
                UInt32(truncatingIfNeeded: p0 &>> 32) ^ c3 ^ k1, UInt32(truncatingIfNeeded: p0)
            )
            k0 = k0 &+ 0x9E37_79B9
            k1 = k1 &+ 0xBB67_AE85
        }
        return SIMD4(c0, c1, c2, c3)
    }
}

/// A named stream of random numbers, addressed by (seed, name, substream, index).
///
/// Streams are named after what they feed ("init/h1/weight", "shuffle", "dropout/h1"); the substream counts epochs or steps.
public struct RandomStream: Sendable {
    /// Key of the stream: seed and name mixed by FNV-1a and a finalizer.
    public let key: UInt64

    public init(seed: UInt64, name: String) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        key = RandomStream.mix(RandomStream.mix(seed) ^ hash)
    }

    /// The finalizer of SplitMix64 (Steele, Lea, Flood, 2014): a bijection of 64 bits.
    static func mix(_ value: UInt64) -> UInt64 {
        var z = value &+ 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// The 32-bit word number `index` of a substream: word `index % 4` of the block with counter (index / 4, substream).
    public func word(_ index: UInt64, substream: UInt64 = 0) -> UInt32 {
        block(index / 4, substream: substream)[Int(index % 4)]
    }

    /// A uniform number in (0, 1) with 52 bits, never 0 or 1, from words 2i and 2i+1.
    public func uniform(_ index: UInt64, substream: UInt64 = 0) -> Double {
        let block = block(index / 2, substream: substream)
        let half = Int(index % 2) * 2
        let bits = UInt64(block[half]) << 32 | UInt64(block[half + 1])
        return (Double(bits >> 12) + 0.5) * 0x1p-52
    }

    /// Four words: block `number` of a substream.
    public func block(_ number: UInt64, substream: UInt64) -> SIMD4<UInt32> {
        let counter = SIMD4(
            UInt32(truncatingIfNeeded: number), UInt32(truncatingIfNeeded: number >> 32),
            UInt32(truncatingIfNeeded: substream), UInt32(truncatingIfNeeded: substream >> 32))
        return Philox.block(counter: counter, key: SIMD2(UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32)))
    }

    /// A permutation of 0 ..< count (Fisher-Yates from the top, the index drawn by multiply-shift of 64 bits).
    public func permutation(_ count: Int, substream: UInt64 = 0) -> [Int32] {
        var order = (0..<Int32(count)).map { $0 }
        shuffle(&order, substream: substream)
        return order
    }

    /// Shuffles in place as `permutation` does.
    public func shuffle(_ order: inout [Int32], substream: UInt64 = 0) {
        order.withUnsafeMutableBufferPointer { order in
            var i = order.count - 1
            while i > 0 {
                let block = block(UInt64(i), substream: substream)
                let bits = UInt64(block[0]) << 32 | UInt64(block[1])
                // Below i + 1, for it is a fraction of it.
                let j = Int(truncatingIfNeeded: bits.multipliedFullWidth(by: UInt64(i + 1)).high)
                let last = order[i]
                order[i] = order[j]
                order[j] = last
                i -= 1
            }
        }
    }
}
