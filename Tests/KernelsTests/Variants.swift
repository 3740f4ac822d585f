import Foundation
import KernelInterface
import Kernels
import KernelsDouble
import Testing

#if arch(x86_64)
import KernelsAVX2
import KernelsAVX512
import KernelsDoubleAVX2
import KernelsDoubleAVX512
#endif

/// The kernels of one instruction set, in both precisions.
struct Variant: Sendable, CustomTestStringConvertible {
    let name: String
    let float: KernelTable
    let double: KernelTable

    var testDescription: String { name }

    /// Those this processor runs, the baseline first.
    static let all: [Variant] = {
        var variants = [Variant(name: "baseline", float: Kernels.kernelTable(), double: KernelsDouble.kernelTable())]
        #if arch(x86_64)
        if has("avx2"), has("fma") {
            variants.append(Variant(name: "avx2", float: KernelsAVX2.kernelTable(), double: KernelsDoubleAVX2.kernelTable()))
        }
        if has("avx512f"), has("avx512vl"), has("avx512dq"), has("avx512bw") {
            variants.append(Variant(name: "avx512", float: KernelsAVX512.kernelTable(), double: KernelsDoubleAVX512.kernelTable()))
        }
        #endif
        return variants
    }()

    private static let flags =
        (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.split(separator: "\n")
        .first { $0.hasPrefix("flags") }?.split(separator: " ").map(String.init) ?? []
    private static func has(_ flag: String) -> Bool { flags.contains(flag) }
}

/// A scalar of the kernels.
protocol KernelScalar: BinaryFloatingPoint, Sendable {
    static func table(_ variant: Variant) -> KernelTable
    var bits: UInt64 { get }
}

extension Float: KernelScalar {
    static func table(_ variant: Variant) -> KernelTable { variant.float }
    var bits: UInt64 { UInt64(bitPattern) }
}

extension Double: KernelScalar {
    static func table(_ variant: Variant) -> KernelTable { variant.double }
    var bits: UInt64 { bitPattern }
}

/// Repeatable noise in -1 ..< 1.
struct Noise {
    var state: UInt64
    init(_ seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }
    mutating func next() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(Int64(bitPattern: state) >> 11) / 0x1p52
    }
    mutating func values<S: KernelScalar>(_ count: Int, _ scale: Double = 1) -> [S] { (0..<count).map { _ in S(next() * scale) } }
    /// Magnitudes, `more` added.
    mutating func positive<S: KernelScalar>(_ count: Int, _ more: Double = 0) -> [S] { (0..<count).map { _ in S(next().magnitude + more) } }
    mutating func below(_ bound: Int) -> Int { Int((next() + 1) / 2 * Double(bound)) }
}

/// Runs `body` on `count` outputs between guard bands and gives the outputs; a write outside is an issue.
func guarded<S: KernelScalar>(_ count: Int, _ body: (UnsafeMutableRawPointer) -> Void) -> [S] {
    let sentinel = S(-12345.678)
    var memory = [S](repeating: sentinel, count: count + 64)
    memory.withUnsafeMutableBytes { body($0.baseAddress! + 32 * MemoryLayout<S>.stride) }
    #expect(memory[..<32].allSatisfy { $0 == sentinel } && memory[(32 + count)...].allSatisfy { $0 == sentinel }, "wrote outside its outputs")
    return Array(memory[32..<32 + count])
}

/// |a - b| in units in the last place of b.
func ulps<S: KernelScalar>(_ a: S, _ exact: Double) -> Double {
    let rounded = S(exact)
    if a.isNaN || exact.isNaN { return a.isNaN && exact.isNaN ? 0 : .infinity }
    if rounded.isInfinite || a.isInfinite { return rounded == a ? 0 : .infinity }
    return (Double(a) - exact).magnitude / Double(rounded.ulp)
}
