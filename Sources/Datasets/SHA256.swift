/// SHA-256, fed piece by piece. Source: FIPS 180-4.
package struct SHA256 {
    private var state: [UInt32] = [
        0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
    ]
    /// Bytes of a block that is not full yet.
    private var rest: [UInt8] = []
    private var byteCount: UInt64 = 0

    package init() {}

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        byteCount += UInt64(bytes.count)
        var at = 0
        if !rest.isEmpty {
            at = min(64 - rest.count, bytes.count)
            rest += bytes[..<at]
            guard rest.count == 64 else { return }
            rest.withUnsafeBytes { if let base = $0.baseAddress { blocks(base, 1) } }
            rest.removeAll(keepingCapacity: true)
        }
        let count = (bytes.count - at) / 64
        blocks(base + at, count)
        rest += bytes[(at + count * 64)...]
    }

    /// The digest of all bytes, as 64 hexadecimal digits.
    package consuming func hexDigest() -> String {
        let bitCount = (byteCount * 8).bigEndian
        var end = [UInt8](repeating: 0, count: (rest.count < 56 ? 56 : 120) - rest.count)
        end[0] = 0x80
        withUnsafeBytes(of: bitCount) { end += $0 }
        end.withUnsafeBytes { update($0) }
        let digits = Array("0123456789abcdef".utf8)
        let bytes = state.flatMap { word in (0..<8).reversed().map { digits[Int(word >> UInt32($0 * 4) & 0xF)] } }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Takes in whole blocks of 64 bytes. The state stays in registers, and eight rounds make one turn, after which every word has its name back.
    private mutating func blocks(_ bytes: UnsafeRawPointer, _ count: Int) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { words in
            SHA256.roundConstants.withUnsafeBufferPointer { constants in
                guard let w = words.baseAddress, let k = constants.baseAddress else { return }
                var (s0, s1, s2, s3) = (state[0], state[1], state[2], state[3])
                var (s4, s5, s6, s7) = (state[4], state[5], state[6], state[7])
                for block in 0..<count {
                    SHA256.schedule(bytes + block * 64, w)
                    var (a, b, c, d, e, f, g, h) = (s0, s1, s2, s3, s4, s5, s6, s7)
                    var index = 0
                    while index < 64 {
                        SHA256.round(a, b, c, &d, e, f, g, &h, k[index] &+ w[index])
                        SHA256.round(h, a, b, &c, d, e, f, &g, k[index + 1] &+ w[index + 1])
                        SHA256.round(g, h, a, &b, c, d, e, &f, k[index + 2] &+ w[index + 2])
                        SHA256.round(f, g, h, &a, b, c, d, &e, k[index + 3] &+ w[index + 3])
                        SHA256.round(e, f, g, &h, a, b, c, &d, k[index + 4] &+ w[index + 4])
                        SHA256.round(d, e, f, &g, h, a, b, &c, k[index + 5] &+ w[index + 5])
                        SHA256.round(c, d, e, &f, g, h, a, &b, k[index + 6] &+ w[index + 6])
                        SHA256.round(b, c, d, &e, f, g, h, &a, k[index + 7] &+ w[index + 7])
                        index += 8
                    }
                    (s0, s1, s2, s3) = (s0 &+ a, s1 &+ b, s2 &+ c, s3 &+ d)
                    (s4, s5, s6, s7) = (s4 &+ e, s5 &+ f, s6 &+ g, s7 &+ h)
                }
                state = [s0, s1, s2, s3, s4, s5, s6, s7]
            }
        }
    }

    /// The 64 words of a block.
    @inline(__always)
    private static func schedule(_ block: UnsafeRawPointer, _ w: UnsafeMutablePointer<UInt32>) {
        for index in 0..<16 { w[index] = UInt32(bigEndian: block.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)) }
        for index in 16..<64 {
            let (a, b) = (w[index - 15], w[index - 2])
            let small0 = turned(a, 7) ^ turned(a, 18) ^ a >> 3
            let small1 = turned(b, 17) ^ turned(b, 19) ^ b >> 10
            w[index] = w[index - 16] &+ small0 &+ w[index - 7] &+ small1
        }
    }

    @inline(__always)
    private static func round(
        _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32, _ g: UInt32, _ h: inout UInt32, _ word: UInt32
    ) {
        let big1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)
        let first = h &+ big1 &+ (e & f ^ ~e & g) &+ word
        let big0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)
        d = d &+ first
        h = first &+ big0 &+ (a & b ^ a & c ^ b & c)
    }

    @inline(__always)
    private static func turned(_ word: UInt32, _ count: UInt32) -> UInt32 { word &>> count | word &<< (32 &- count) }

    private static let roundConstants: [UInt32] = [
        0x428A_2F98, 0x7137_4491, 0xB5C0_FBCF, 0xE9B5_DBA5, 0x3956_C25B, 0x59F1_11F1, 0x923F_82A4, 0xAB1C_5ED5,
        0xD807_AA98, 0x1283_5B01, 0x2431_85BE, 0x550C_7DC3, 0x72BE_5D74, 0x80DE_B1FE, 0x9BDC_06A7, 0xC19B_F174,
        0xE49B_69C1, 0xEFBE_4786, 0x0FC1_9DC6, 0x240C_A1CC, 0x2DE9_2C6F, 0x4A74_84AA, 0x5CB0_A9DC, 0x76F9_88DA,
        0x983E_5152, 0xA831_C66D, 0xB003_27C8, 0xBF59_7FC7, 0xC6E0_0BF3, 0xD5A7_9147, 0x06CA_6351, 0x1429_2967,
        0x27B7_0A85, 0x2E1B_2138, 0x4D2C_6DFC, 0x5338_0D13, 0x650A_7354, 0x766A_0ABB, 0x81C2_C92E, 0x9272_2C85,
        0xA2BF_E8A1, 0xA81A_664B, 0xC24B_8B70, 0xC76C_51A3, 0xD192_E819, 0xD699_0624, 0xF40E_3585, 0x106A_A070,
        0x19A4_C116, 0x1E37_6C08, 0x2748_774C, 0x34B0_BCB5, 0x391C_0CB3, 0x4ED8_AA4A, 0x5B9C_CA4F, 0x682E_6FF3,
        0x748F_82EE, 0x78A5_636F, 0x84C8_7814, 0x8CC7_0208, 0x90BE_FFFA, 0xA450_6CEB, 0xBEF9_A3F7, 0xC671_78F2,
    ]
}
