import Foundation
import Testing

/// The built binary, and what a run of it gave.
struct Tool {
    let status: Int32
    let output: String
    let errors: String

    /// .build/<configuration>/nnspec, beside the test bundle.
    static let path: String = {
        var candidates = [Bundle.main.bundleURL, URL(fileURLWithPath: CommandLine.arguments[0])] + Bundle.allBundles.map(\.bundleURL)
        if let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") { candidates.append(URL(fileURLWithPath: own)) }
        for start in candidates {
            var url = start
            for _ in 0..<5 {
                let tool = url.appendingPathComponent("nnspec").path
                var isFolder: ObjCBool = false
                if FileManager.default.fileExists(atPath: tool, isDirectory: &isFolder), !isFolder.boolValue { return tool }
                url.deleteLastPathComponent()
            }
        }
        return "nnspec is not built beside the tests"
    }()

    /// Runs nnspec in a folder. `through` is a shell text that gets the command as "$@", for redirections.
    ///
    /// - Parameter deadline: seconds after which it is ended from outside; its status is that of the signal then.
    static func run(
        _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:], through shell: String? = nil, deadline: Double? = nil
    ) throws -> Tool {
        let process = Process()
        let words: [String]
        if let shell {
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            words = ["-c", shell, "sh", path] + arguments
        } else {
            process.executableURL = URL(fileURLWithPath: path)
            words = arguments
        }
        process.arguments = words
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        // Files rather than pipes: nobody has to read while the process runs.
        let base = FileManager.default.temporaryDirectory.appendingPathComponent("nnspec-tool-\(UUID().uuidString)").path
        let names = [base + ".out", base + ".err"]
        defer { for name in names { try? FileManager.default.removeItem(atPath: name) } }
        let handles = try names.map { name in
            _ = FileManager.default.createFile(atPath: name, contents: nil)
            return try #require(FileHandle(forWritingAtPath: name))
        }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = handles[0]
        process.standardError = handles[1]
        try process.run()
        if let deadline {
            let end = ContinuousClock.now + .seconds(deadline)
            while process.isRunning, ContinuousClock.now < end { usleep(2000) }
            if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        }
        process.waitUntilExit()
        let texts = try names.map { String(decoding: try Data(contentsOf: URL(fileURLWithPath: $0)), as: UTF8.self) }
        return Tool(
            status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus, output: texts[0], errors: texts[1])
    }
}
