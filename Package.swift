// swift-tools-version: 6.0
import PackageDescription

// Kernels are one folder compiled several times: for each instruction set (by symbolic link) and for each precision
// (by the FLOAT64 condition). docs/architecture.md tells why.
let optimized = ["-Ounchecked", "-Xcc", "-fno-math-errno"]
let avx2 = optimized + ["-Xcc", "-march=x86-64-v3"]
let avx512 = optimized + ["-Xcc", "-march=x86-64-v4", "-Xcc", "-mprefer-vector-width=512"]

#if arch(x86_64)
let kernelVariants: [(suffix: String, settings: [SwiftSetting])] = [
    ("", [.unsafeFlags(optimized)]), ("AVX2", [.unsafeFlags(avx2)]), ("AVX512", [.unsafeFlags(avx512), .define("WIDE")]),
]
#else
let kernelVariants: [(suffix: String, settings: [SwiftSetting])] = [("", [.unsafeFlags(optimized)])]
#endif
let kernelTargets: [Target] = kernelVariants.flatMap { variant in
    [
        Target.target(name: "Kernels" + variant.suffix, dependencies: ["KernelInterface"], swiftSettings: variant.settings),
        Target.target(
            name: "KernelsDouble" + variant.suffix, dependencies: ["KernelInterface"],
            swiftSettings: variant.settings + [.define("FLOAT64")]),
    ]
}
let kernels: [Target.Dependency] = kernelTargets.map { .byName(name: $0.name) }

/// Loops of nothing but fused multiply-adds, for the benchmark's "share of the peak".
#if arch(x86_64)
let peaks: [Target] = [
    .target(name: "Peak", path: "Benchmarks/Peak", swiftSettings: [.unsafeFlags(avx2)]),
    .target(name: "PeakAVX512", path: "Benchmarks/PeakAVX512", swiftSettings: [.unsafeFlags(avx512), .define("WIDE")]),
]
#else
let peaks: [Target] = [.target(name: "Peak", path: "Benchmarks/Peak", swiftSettings: [.unsafeFlags(optimized)])]
#endif

let package = Package(
    name: "nnspec",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "nnspec", targets: ["nnspec"]),
        .library(name: "NNSpecKit", targets: ["NNSpecKit"]),
    ],
    targets: [
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
        .target(name: "Diagnostics"),
        .target(name: "SpecLanguage", dependencies: ["Diagnostics", "CLibYAML"]),
        .target(name: "IR", dependencies: ["Diagnostics"]),
        .target(name: "Compiler", dependencies: ["SpecLanguage", "IR", "Diagnostics"]),
        .target(name: "KernelInterface"),
        .target(name: "RandomStreams"),
        .target(name: "Decimals"),
        .target(name: "Execution", dependencies: ["IR", "KernelInterface", "RandomStreams"] + kernels),
        .target(name: "Datasets", dependencies: ["Diagnostics", "SpecLanguage", "RandomStreams", "Decimals", "CZlib", "CSQLite"]),
        .target(name: "Training", dependencies: ["Compiler", "Execution", "Datasets", "Diagnostics", "SpecLanguage", "IR", "RandomStreams"]),
        .target(name: "Artifacts", dependencies: ["Training", "Datasets", "SpecLanguage", "Diagnostics", "Decimals"]),
        .target(
            name: "NNSpecKit",
            dependencies: ["Artifacts", "Training", "Datasets", "Compiler", "Execution", "IR", "SpecLanguage", "Diagnostics", "Decimals"]),
        .executableTarget(name: "nnspec", dependencies: ["NNSpecKit", "Diagnostics"]),
        .executableTarget(
            name: "nnspec-bench",
            dependencies: [
                "NNSpecKit", "Artifacts", "Training", "Datasets", "Compiler", "Execution", "IR", "RandomStreams", "SpecLanguage", "Diagnostics",
                "Decimals",
            ] + peaks.map { .byName(name: $0.name) }, path: "Benchmarks/Bench"),
        .target(name: "TestSupport", path: "Tests/TestSupport"),
        .testTarget(name: "DecimalsTests", dependencies: ["TestSupport", "Decimals"]),
        .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"]),
        .testTarget(name: "SpecLanguageTests", dependencies: ["TestSupport", "SpecLanguage", "Diagnostics"]),
        .testTarget(name: "KernelsTests", dependencies: ["IR", "KernelInterface"] + kernels),
        .testTarget(name: "DatasetsTests", dependencies: ["TestSupport", "Datasets", "Decimals", "SpecLanguage", "Diagnostics", "RandomStreams"]),
        .testTarget(
            name: "CompilerTests", dependencies: ["Compiler", "Execution", "IR", "SpecLanguage", "Diagnostics", "RandomStreams", "KernelInterface"]),
        .executableTarget(
            name: "step-allocations",
            dependencies: ["CountingAllocator", "Compiler", "Execution", "IR", "SpecLanguage", "Datasets", "Training", "Diagnostics"],
            path: "Tests/StepAllocations"),
        .target(name: "CountingAllocator", path: "Tests/CountingAllocator"),
        .testTarget(name: "ExecutionTests", dependencies: ["step-allocations"]),
        .testTarget(
            name: "TrainingTests",
            dependencies: ["NNSpecKit", "Training", "Artifacts", "Datasets", "Compiler", "Execution", "IR", "SpecLanguage", "Diagnostics"]),
        .testTarget(name: "ArtifactsTests", dependencies: ["TestSupport", "Artifacts", "Training", "Datasets", "Diagnostics"]),
        .testTarget(name: "CommandLineTests", dependencies: ["TestSupport", "nnspec", "Diagnostics"]),
        .testTarget(name: "ArchitectureTests"),
    ] + kernelTargets + peaks,
    swiftLanguageModes: [.v6]
)
