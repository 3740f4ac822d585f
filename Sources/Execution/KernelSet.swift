import IR
import KernelInterface
import Kernels
import KernelsDouble
#if arch(x86_64)
import KernelsAVX2
import KernelsAVX512
import KernelsDoubleAVX2
import KernelsDoubleAVX512
#endif
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The instruction sets for which kernels are built, from the most common to the widest.
public enum InstructionSet: String, Sendable, CaseIterable, Comparable {
    case baseline, avx2, avx512

    public static func < (a: InstructionSet, b: InstructionSet) -> Bool {
        (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
    }

    /// The widest this machine runs; `NNSPEC_ISA=baseline|avx2|avx512` lowers it (never raises it). The results do not depend on it.
    public static let current: InstructionSet = {
        let widest = detected()
        return min(widest, asked.flatMap(InstructionSet.init(rawValue:)) ?? widest)
    }()

    /// The text of `NNSPEC_ISA`; nil if it is unset or empty.
    public static var asked: String? { getenv("NNSPEC_ISA").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } }

    private static func detected() -> InstructionSet {
        #if arch(x86_64) && os(Linux)
        return fromProcessorFlags()
        #else
        return .baseline
        #endif
    }

    /// Reads the flags line of /proc/cpuinfo, which lists what both processor and kernel support.
    private static func fromProcessorFlags() -> InstructionSet {
        let file = open("/proc/cpuinfo", O_RDONLY)
        guard file >= 0 else { return .baseline }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 8192)
        let count = read(file, &bytes, bytes.count)
        guard count > 0 else { return .baseline }
        let text = String(decoding: bytes[..<count], as: UTF8.self)
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("flags") }) else { return .baseline }
        let flags = line.split(separator: " ")
        func has(_ names: [Substring]) -> Bool { names.allSatisfy { flags.contains($0) } }
        guard has(["avx2", "fma", "bmi1", "bmi2", "f16c", "movbe", "abm"]) else { return .baseline }
        return has(["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"]) ? .avx512 : .avx2
    }
}

extension KernelTable {
    /// The kernels for a precision and an instruction set, picked once at start.
    public static func of(_ precision: Precision, _ set: InstructionSet = .current) -> KernelTable {
        #if arch(x86_64)
        switch (precision, set) {
        case (.float32, .avx512): return KernelsAVX512.kernelTable()
        case (.float64, .avx512): return KernelsDoubleAVX512.kernelTable()
        case (.float32, .avx2): return KernelsAVX2.kernelTable()
        case (.float64, .avx2): return KernelsDoubleAVX2.kernelTable()
        case (.float32, .baseline): return Kernels.kernelTable()
        case (.float64, .baseline): return KernelsDouble.kernelTable()
        }
        #else
        return precision == .float32 ? Kernels.kernelTable() : KernelsDouble.kernelTable()
        #endif
    }
}
