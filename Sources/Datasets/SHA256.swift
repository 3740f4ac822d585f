/// SHA-256, fed piece by piece. Source: FIPS 180-4.
package struct SHA256 {
    private var state: [UInt32] = [
        0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
    ]
    private var schedule = [UInt32](repeating: 0, count: 64)
    /// Bytes of a block that is not full yet.
    private var rest: [UInt8] = []
    private var byteCount: UInt64 = 0

    package init() {}

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        byteCount += UInt64(bytes.count)
        var at = 0
        if !rest.isEmpty {
            at = min(64 - rest.count, bytes.count)
            rest += bytes[..<at]
            guard rest.count == 64 else { return }
            rest.withUnsafeBytes { block($0, 0) }
            rest.removeAll(keepingCapacity: true)
        }
        while at + 64 <= bytes.count {
            block(bytes, at)
            at += 64
        }
        rest += bytes[at...]
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

    private mutating func block(_ bytes: UnsafeRawBufferPointer, _ at: Int) {
        schedule.withUnsafeMutableBufferPointer { w in
            for index in 0..<16 { w[index] = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: at + index * 4, as: UInt32.self)) }
            for index in 16..<64 {
                let (a, b) = (w[index - 15], w[index - 2])
                let small0 = SHA256.turned(a, 7) ^ SHA256.turned(a, 18) ^ a >> 3
                let small1 = SHA256.turned(b, 17) ^ SHA256.turned(b, 19) ^ b >> 10
                w[index] = w[index - 16] &+ small0 &+ w[index - 7] &+ small1
            }
            var (a, b, c, d) = (state[0], state[1], state[2], state[3])
            var (e, f, g, h) = (state[4], state[5], state[6], state[7])
            SHA256.roundConstants.withUnsafeBufferPointer { k in
                for index in 0..<64 {
                    let big1 = SHA256.turned(e, 6) ^ SHA256.turned(e, 11) ^ SHA256.turned(e, 25)
                    let first = h &+ big1 &+ (e & f ^ ~e & g) &+ k[index] &+ w[index]
                    let big0 = SHA256.turned(a, 2) ^ SHA256.turned(a, 13) ^ SHA256.turned(a, 22)
                    let second = big0 &+ (a & b ^ a & c ^ b & c)
                    (h, g, f, e, d, c, b, a) = (g, f, e, d &+ first, c, b, a, first &+ second)
                }
            }
            for (index, value) in [a, b, c, d, e, f, g, h].enumerated() { state[index] &+= value }
        }
    }

    @inline(__always)
    private static func turned(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }

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
