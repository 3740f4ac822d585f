import Foundation
import Testing

/// What the compiler made of the kernels, read from the object files: the inner loop of a product is nothing but fused multiply-adds on all
/// registers, and instructions of newer processors stay in the modules that are made for them.
@Suite struct MachineCodeTests {
    #if arch(x86_64) && os(Linux)
    /// <scratch>/<configuration>, where the running test program lies.
    private let folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()

    /// 6 rows of two registers, 12 rows of two registers.
    @Test(arguments: [("KernelsAVX2", "ps", "ymm", 12), ("KernelsDoubleAVX2", "pd", "ymm", 12), ("KernelsAVX512", "ps", "zmm", 24)])
    func theInnerLoopIsFusedMultiplyAdds(_ module: String, _ kind: String, _ register: String, _ count: Int) throws {
        let loops = try loops(of: "\(folder.path)/\(module).build/MatrixProduct.swift.o")
        let fused = loops.filter { loop in
            loop.count { $0.contains("vfmadd") && $0.contains(kind + " ") && $0.contains(register) } == count
        }
        // In place, and from panels.
        #expect(fused.count >= 2, "\(module) has \(fused.count) loops of \(count) fused multiply-adds")
        for loop in fused {
            let spills = loop.filter { $0.contains(register) && ($0.contains("(%rsp") || $0.contains("(%rbp")) }
            #expect(spills.isEmpty, "\(module): \(spills.joined(separator: "; "))")
            #expect(!loop.contains { $0.contains("call") })
        }
    }

    @Test func newerInstructionsStayInTheirModules() throws {
        let builds = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil).filter { build in
            let name = build.deletingPathExtension().lastPathComponent
            return build.pathExtension == "build" && !name.contains("AVX") && !name.hasPrefix("Peak") && !name.hasSuffix("Tests")
        }
        #expect(builds.count > 10)
        for build in builds {
            let registers = try lines("objdump -d --no-show-raw-insn '\(build.path)'/*.o | grep -oE '%(ymm|zmm|k[0-7])' | sort -u")
            #expect(registers.isEmpty, "\(build.lastPathComponent) uses \(registers)")
        }
        for module in ["KernelsAVX2", "KernelsDoubleAVX2"] {
            let registers = try lines(
                "objdump -d --no-show-raw-insn '\(folder.path)/\(module).build'/*.o | grep -oE '%(zmm|k[0-7]|[xy]mm(1[6-9]|2[0-9]|3[01]))' | sort -u")
            #expect(registers.isEmpty, "\(module) uses \(registers)")
        }
    }

    /// The innermost loops of an object file: the instructions from the target of a backward jump to the jump, without another jump target's
    /// loop inside.
    private func loops(of path: String) throws -> [[String]] {
        var code: [(address: Int, text: String)] = []
        for line in try lines("objdump -d --no-show-raw-insn '\(path)'") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let address = Int(parts[0].trimmingCharacters(in: .whitespaces), radix: 16) else { continue }
            code.append((address, parts[1].trimmingCharacters(in: .whitespaces)))
        }
        #expect(code.count > 50, "\(path) was not read")
        var loops: [[String]] = []
        for (index, line) in code.enumerated() where line.text.hasPrefix("j") {
            let words = line.text.split(separator: " ")
            guard words.count > 1, let target = Int(words[1], radix: 16), target < line.address else { continue }
            guard let first = code[..<index].lastIndex(where: { $0.address == target }), index - first < 400 else { continue }
            loops.append(code[first...index].map(\.text))
        }
        // Only those in which no other loop lies.
        return loops.filter { loop in !loop.dropLast().contains { $0.hasPrefix("j") } }
    }

    private func lines(_ command: String) throws -> [String] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text.split(separator: "\n").map(String.init)
    }
    #endif
}
