import Foundation
import Testing

/// Code compiled for a newer processor must stay in the kernels: an object file of AVX2 or AVX-512 kernels that also defined a shared function (a
/// specialisation of the standard library's, say) could have that function picked by the linker for everyone.
@Suite struct KernelLeakTests {
    @Test func kernelObjectsDefineOnlyTheirOwnFunctions() throws {
        #if arch(x86_64) && os(Linux)
        // <scratch>/<configuration>/nnspecPackageTests.xctest is the running program.
        let folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
        let builds = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.lastPathComponent.hasPrefix("Kernels") && $0.lastPathComponent.contains("AVX") && $0.pathExtension == "build" }
        #expect(builds.count == 4, "no kernel objects beside \(folder.path)")
        for build in builds {
            let module = build.deletingPathExtension().lastPathComponent
            let objects = try FileManager.default.contentsOfDirectory(at: build, includingPropertiesForKeys: nil).filter { $0.pathExtension == "o" }
            #expect(!objects.isEmpty)
            let symbols = try names(objects)
            #expect(symbols.count > 40)
            let foreign = symbols.filter { !$0.contains("\(module.utf8.count)\(module)") && !$0.hasPrefix("__swift_reflection_version") }
            #expect(foreign == [], "\(module) defines what is not its own")
        }
        #endif
    }

    /// The global and weak code and data that object files define.
    private func names(_ objects: [URL]) throws -> [String] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["nm", "--defined-only", "--extern-only", "--no-sort"] + objects.map(\.path)
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            return words.count == 3 ? String(words[2]) : nil
        }
    }
}
