import Foundation
import TestSupport
import Testing

/// Data files that another program shortens or writes anew while they are read: that is told, and what was there before stays.
@Suite struct ChangingFileTests {
    private static let rows = 60_000
    private static let columns = 60

    /// Inputs of 14 MB in float32, and what is learnt from them.
    private func write(in folder: String) throws {
        func npy(_ name: String, _ descr: String, _ shape: String, _ payload: Data) throws {
            let header = Data("{'descr': '\(descr)', 'fortran_order': False, 'shape': (\(shape)), }\n".utf8)
            let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, UInt8(header.count), 0]
            try (Data(magic) + header + payload).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        }
        let values = (0..<Self.rows * Self.columns).map { Float($0 % 1009) }
        try npy("x.npy", "<f4", "\(Self.rows), \(Self.columns)", values.withUnsafeBufferPointer { Data(buffer: $0) })
        try npy("y.npy", "|u1", "\(Self.rows),", Data((0..<Self.rows).map { UInt8($0 % 4) }))
        let spec = "nnspec: 1\ndata: {inputs: x.npy, targets: y.npy}\ntask: classification\nmodel: {layers: [2, auto]}\ntraining: {epochs: 1}\n"
        try spec.write(toFile: folder + "/s.yaml", atomically: false, encoding: .utf8)
    }

    /// The reader of the output makes the file shorter when the first row has come: most rows are still to be read then.
    @Test(arguments: [0, 5_000]) func aMappedFileThatShrinks(_ byteCount: Int) throws {
        try withFolder { folder in
            try write(in: folder)
            #expect(try Tool.run(["train", "s.yaml", "--quiet"], in: folder).status == 0)
            let shell = "{ \"$@\"; echo $? >status; } | { read line; truncate -s \(byteCount) x.npy; cat >/dev/null; }"
            let tool = try Tool.run(["predict", "runs/s", "x.npy"], in: folder, through: shell, deadline: 60)
            let status = try String(contentsOfFile: folder + "/status", encoding: .utf8)
            #expect(status == "6\n", "\(status) \(tool.errors)")
            #expect(tool.errors.hasPrefix("error[E3990]: data file x.npy was written to while it was read"), "\(tool.errors)")
            #expect(tool.errors.components(separatedBy: "error[").count == 2, "\(tool.errors)")
        }
    }

    /// A training meets the change wherever it stands; it never crashes, and the run that was there is untouched.
    @Test func theRunBeforeStays() throws {
        try withFolder { folder in
            try write(in: folder)
            #expect(try Tool.run(["train", "s.yaml", "--quiet"], in: folder).status == 0)
            let weights = try Data(contentsOf: URL(fileURLWithPath: folder + "/runs/s/weights.json"))
            let whole = try Data(contentsOf: URL(fileURLWithPath: folder + "/x.npy"))
            var found = 0
            for attempt in 0..<60 where found < 3 {
                try whole.write(to: URL(fileURLWithPath: folder + "/x.npy"))
                // Before it is opened, while it is read, or after that.
                let shell = "\"$@\" & p=$!; sleep 0.0\(attempt % 30 + 10); truncate -s 4096 x.npy; wait $p"
                let tool = try Tool.run(
                    ["train", "s.yaml", "--quiet", "--set", "seed=7"], in: folder, through: shell, deadline: 60)
                switch tool.status {
                case 0: try weights.write(to: URL(fileURLWithPath: folder + "/runs/s/weights.json"))
                case 4: #expect(tool.errors.contains("E1041"), "\(tool.errors)")
                default:
                    #expect(tool.status == 6 && tool.errors.contains("E3990"), "\(tool.status) \(tool.errors)")
                    #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/runs/s/weights.json")) == weights)
                    found += 1
                }
            }
            #expect(found > 0, "no change came while the file was read")
        }
    }

    /// Whoever reads our output may leave: no word, and the status of tools that SIGPIPE ends.
    @Test func aReaderThatLeaves() throws {
        try withFolder { folder in
            let rows = (0..<40_000).map { "\($0).5,\($0 % 3)\n" }.joined()
            try ("a,y\n" + rows).write(toFile: folder + "/d.csv", atomically: false, encoding: .utf8)
            let spec = "nnspec: 1\ndata: {path: d.csv, target: y}\ntask: classification\nmodel: {layers: [2, auto]}\ntraining: {epochs: 1}\n"
            try spec.write(toFile: folder + "/s.yaml", atomically: false, encoding: .utf8)
            #expect(try Tool.run(["train", "s.yaml", "--quiet"], in: folder).status == 0)
            for words in [
                ["predict", "runs/s", "d.csv"], ["predict", "runs/s", "d.csv", "--json"],
                ["predict", "runs/s", "d.csv", "--append", "--to", "jsonl"],
            ] {
                let tool = try Tool.run(words, in: folder, through: "{ \"$@\"; echo $? >status; } | head -1")
                #expect(try String(contentsOfFile: folder + "/status", encoding: .utf8) == "141\n")
                #expect(tool.errors == "" && !tool.output.isEmpty && !tool.output.contains("E2913"), "\(tool.errors)")
            }
            // Whatever prints: the pipe is closed before the command begins.
            for words in [
                ["schema"], ["--help"], ["--version"], ["explain", "E0201"], ["render", "s.yaml"], ["plan", "s.yaml"], ["check", "s.yaml", "--data"],
                ["check", "s.yaml", "--data", "--json"], ["inspect", "runs/s"], ["evaluate", "runs/s"], ["init", "d.csv"], ["completions", "bash"],
                ["train", "s.yaml"], ["gradcheck", "s.yaml"],
            ] {
                let shell = "mkfifo pipe; sleep 9 <pipe & { kill $!; wait $!; \"$@\"; echo $? >status; } >pipe; rm pipe"
                let tool = try Tool.run(words, in: folder, through: shell)
                #expect(try String(contentsOfFile: folder + "/status", encoding: .utf8) == "141\n", "\(words)")
                #expect(!tool.errors.contains("error") && !tool.errors.contains("E3711"), "\(words): \(tool.errors)")
            }
        }
    }
}
