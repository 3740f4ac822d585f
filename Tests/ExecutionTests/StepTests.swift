import Foundation
import Testing

/// A step allocates nothing, retains nothing, takes no lock.
@Suite struct StepTests {
    /// A program of its own, whose allocator counts.
    @Test func aThousandStepsAllocateNothing() throws {
        #if os(Linux)
        let process = Process()
        process.executableURL = folder.appendingPathComponent("step-allocations")
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(
            text == """
                an array is counted: true
                4 units, 1 threads: 0 false true
                4 units, 2 threads: 0 false true
                300 units, 1 threads: 0 true true
                300 units, 2 threads: 0 true true
                lbfgs, 1 threads: 0 in 30 iterations
                lbfgs, 2 threads: 0 in 30 iterations

                """)
        #endif
    }

    /// The machine code of the tape's walk calls nothing of the runtime that counts references, allocates or checks accesses.
    @Test func theWalkCallsNothingOfTheRuntime() throws {
        #if os(Linux) && arch(x86_64)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let objects = folder.appendingPathComponent("Execution.build")
        process.arguments = ["objdump", "-dr", "--no-show-raw-insn"] + ["\(objects.path)/Executor.swift.o"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        var function = ""
        var walked = 0
        for line in text.split(separator: "\n") {
            if line.hasSuffix(">:") { function = String(line) }
            // Executor.run and its closures; kernels are C functions, and what BoundInstruction does is inlined.
            guard function.contains("8ExecutorC3run") else { continue }
            walked += 1
            // A lock is taken to wake a member of the team that fell asleep, which happens between steps and not in them.
            #expect(!["swift_", "malloc", "$ss"].contains { line.contains("R_X86_64_PLT32\t" + $0) }, "\(function) \(line)")
        }
        #expect(walked > 200, "the functions were not found")
        #endif
    }

    /// <scratch>/<configuration>, where the running test program lies.
    private var folder: URL { URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent() }
}
